package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/**
 * Decimals that come again and again, such as prices within a day's range: a direct-mapped table of those made last, so
 * that most are not made twice. Serves one thread.
 */
public final class DecimalPool {
    private static final int PLACES = 1 << 11;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int SHIFT = Long.SIZE - 11;

    private final long[] unscaled = new long[PLACES];
    private final int[] scales = new int[PLACES];
    private final @Nullable Decimal[] made = new Decimal[PLACES];

    /** {@code unscaled × 10^-scale}. */
    public Decimal of(long anUnscaled, int scale) {
        int place = (int) ((anUnscaled * SPREAD + scale) * SPREAD >>> SHIFT);
        @Nullable Decimal known = made[place];
        if (known != null && unscaled[place] == anUnscaled && scales[place] == scale) {
            return known;
        }
        Decimal value = Decimal.of(anUnscaled, scale);
        unscaled[place] = anUnscaled;
        scales[place] = scale;
        made[place] = value;
        return value;
    }

    /** {@code count × unit}, exactly. */
    public Decimal times(Decimal unit, long count) {
        if (unit.isCompact()) {
            long high = Math.multiplyHigh(unit.unscaled(), count);
            long low = unit.unscaled() * count;
            if (high == low >> Long.SIZE - 1) {
                return of(low, unit.scale());
            }
        }
        return unit.times(count);
    }
}
