package io.crossbook.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decimal that may be absent, in a place that is filled anew: a {@code long} and a scale while those hold it, else a
 * {@link Decimal}. Trailing zeros stay as they came.
 */
public final class DecimalField {
    private static final int ABSENT = -1;
    private static final int WIDE = -2;

    private long unscaled;
    private int scale = ABSENT;
    private @Nullable Decimal wide;

    public void clear() {
        scale = ABSENT;
    }

    /** @param aScale digits behind the point, 0 to 18 */
    public void set(long anUnscaled, int aScale) {
        unscaled = anUnscaled;
        scale = aScale;
    }

    public void set(@Nullable Decimal value) {
        if (value == null) {
            clear();
        } else if (value.isCompact()) {
            set(value.unscaled(), value.scale());
        } else {
            wide = value;
            scale = WIDE;
        }
    }

    public void set(DecimalField other) {
        unscaled = other.unscaled;
        scale = other.scale;
        wide = other.wide;
    }

    public boolean isPresent() {
        return scale != ABSENT;
    }

    /** {@code null} if absent. */
    public @Nullable Decimal toDecimal() {
        if (scale == ABSENT) {
            return null;
        }
        return scale == WIDE ? wide : Decimal.of(unscaled, scale);
    }

    /** How many whole units this is, as {@link Decimal#inUnitsOf}; it must be present. */
    public long inUnitsOf(Decimal unit) {
        return scale == WIDE ? Objects.requireNonNull(wide).inUnitsOf(unit) : Decimal.inUnits(unscaled, scale, unit);
    }

    /** −1, 0 or 1; it must be present. */
    public int signum() {
        return scale == WIDE ? Objects.requireNonNull(wide).signum() : Long.signum(unscaled);
    }

    public void write(DataOutput out) throws IOException {
        if (scale == WIDE) {
            out.writeByte(WIDE);
            Objects.requireNonNull(wide).write(out);
        } else {
            out.writeByte(scale);
            if (scale != ABSENT) {
                out.writeLong(unscaled);
            }
        }
    }

    /** Takes what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        scale = in.readByte();
        if (scale == WIDE) {
            wide = Decimal.read(in);
        } else if (scale != ABSENT) {
            unscaled = in.readLong();
        }
    }
}
