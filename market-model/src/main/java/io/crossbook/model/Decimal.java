package io.crossbook.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal number: {@code unscaled × 10^-scale}, in a {@code long} while that holds it and in a
 * {@link BigDecimal} beyond.
 *
 * <p>Always in normal form: no trailing zeros behind the point, a scale of zero or more, and wide only when it must be.
 * Two decimals are therefore equal exactly when they are the same number. Sums, differences and products never round
 * and never wrap. Numbers are written as {@code -}, digits, {@code .}, digits; there is no exponent.
 */
public final class Decimal implements Comparable<Decimal>, Serializable {
    public static final Decimal ZERO = new Decimal(0, 0, null);
    public static final Decimal ONE = new Decimal(1, 0, null);

    private static final long serialVersionUID = 1;
    private static final int MAX_COMPACT_SCALE = 18;
    private static final long MOST_UNITS = 1L << 62;
    private static final long[] TEN_TO = new long[MAX_COMPACT_SCALE + 1];

    static {
        TEN_TO[0] = 1;
        for (int i = 1; i < TEN_TO.length; i++) {
            TEN_TO[i] = TEN_TO[i - 1] * 10;
        }
    }

    private final long unscaled;
    private final int scale;
    private final @Nullable BigDecimal wide;

    private Decimal(long unscaled, int scale, @Nullable BigDecimal wide) {
        this.unscaled = unscaled;
        this.scale = scale;
        this.wide = wide;
    }

    /** {@code unscaled × 10^-scale}; a negative scale is allowed. */
    public static Decimal of(long unscaled, int scale) {
        if (scale < 0 || scale > MAX_COMPACT_SCALE) {
            return of(BigDecimal.valueOf(unscaled, scale));
        }
        long u = unscaled;
        int s = scale;
        while (s > 0 && u % 10 == 0) {
            u /= 10;
            s--;
        }
        return u == 0 ? ZERO : new Decimal(u, s, null);
    }

    public static Decimal of(long whole) {
        return of(whole, 0);
    }

    public static Decimal of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() < 0) {
            plain = plain.setScale(0);
        }
        if (plain.scale() <= MAX_COMPACT_SCALE && plain.unscaledValue().bitLength() <= 63) {
            return new Decimal(plain.unscaledValue().longValue(), plain.scale(), null);
        }
        return new Decimal(0, 0, plain);
    }

    /**
     * Reads {@code -}, digits, {@code .}, digits.
     *
     * @throws NumberFormatException if the text is anything else; the message quotes it
     */
    public static Decimal parse(CharSequence text) {
        Decimal parsed = parseOrNull(text);
        if (parsed == null) {
            throw new NumberFormatException("not a decimal number: \"" + text + "\"");
        }
        return parsed;
    }

    /** Like {@link #parse}, but {@code null} where the text is no such number. */
    public static @Nullable Decimal parseOrNull(CharSequence text) {
        int length = text.length();
        int i = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        boolean negative = i == 1;
        int digits = 0;
        int point = -1;
        long value = 0;
        boolean fits = true;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                if (value > (Long.MAX_VALUE - 9) / 10) {
                    fits = false;
                } else {
                    value = value * 10 + (c - '0');
                }
            } else if (c == '.' && point < 0 && digits > 0) {
                point = digits;
            } else {
                return null;
            }
        }
        if (digits == 0 || point == digits) {
            return null;
        }
        int scale = point < 0 ? 0 : digits - point;
        if (fits && scale <= MAX_COMPACT_SCALE) {
            return of(negative ? -value : value, scale);
        }
        return of(new BigDecimal(text.toString()));
    }

    /** Whether {@link #unscaled} and {@link #scale} are all there is of it. */
    public boolean isCompact() {
        return wide == null;
    }

    /** The digits without the point of a compact number. */
    public long unscaled() {
        return unscaled;
    }

    public boolean isZero() {
        return wide == null && unscaled == 0;
    }

    /** −1, 0 or 1. */
    public int signum() {
        return wide != null ? wide.signum() : Long.signum(unscaled);
    }

    /** Digits behind the point in normal form; never negative. */
    public int scale() {
        return wide != null ? wide.scale() : scale;
    }

    public Decimal negate() {
        if (wide == null && unscaled != Long.MIN_VALUE) {
            return unscaled == 0 ? this : new Decimal(-unscaled, scale, null);
        }
        return of(toBigDecimal().negate());
    }

    public Decimal abs() {
        return signum() < 0 ? negate() : this;
    }

    public Decimal plus(Decimal other) {
        return plus(other, 1);
    }

    public Decimal minus(Decimal other) {
        return plus(other, -1);
    }

    private Decimal plus(Decimal other, int sign) {
        if (other.isZero()) {
            return this;
        }
        if (wide == null && other.wide == null) {
            int common = Math.max(scale, other.scale);
            long a = rescaled(common);
            long b = other.rescaled(common);
            // Of a number that is not the least of all, the opposite fits too.
            if (a != Long.MIN_VALUE && b != Long.MIN_VALUE) {
                long signed = sign * b;
                long sum = a + signed;
                if (((a ^ sum) & (signed ^ sum)) >= 0) {
                    return of(sum, common);
                }
            }
        }
        BigDecimal added = other.toBigDecimal();
        return of(sign > 0 ? toBigDecimal().add(added) : toBigDecimal().subtract(added));
    }

    public Decimal times(Decimal other) {
        if (wide == null && other.wide == null) {
            if (other.unscaled == 1 && other.scale == 0) {
                return this;
            }
            long high = Math.multiplyHigh(unscaled, other.unscaled);
            long low = unscaled * other.unscaled;
            if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
                return of(low, scale + other.scale);
            }
        }
        return of(toBigDecimal().multiply(other.toBigDecimal()));
    }

    public Decimal times(long factor) {
        if (wide == null) {
            long product = unscaled * factor;
            if (Math.multiplyHigh(unscaled, factor) == product >> Long.SIZE - 1) {
                return of(product, scale);
            }
        }
        return times(of(factor));
    }

    /** This times both factors. */
    public Decimal times(long factor, long other) {
        if (wide == null) {
            long product = unscaled * factor;
            long all = product * other;
            if (Math.multiplyHigh(unscaled, factor) == product >> Long.SIZE - 1
                    && Math.multiplyHigh(product, other) == all >> Long.SIZE - 1) {
                return of(all, scale);
            }
        }
        return times(factor).times(of(other));
    }

    /** The quotient rounded half-even at {@code digits} behind the point; the only operation that rounds. */
    public Decimal dividedBy(Decimal divisor, int digits) {
        return of(toBigDecimal().divide(divisor.toBigDecimal(), digits, RoundingMode.HALF_EVEN));
    }

    /** Rounded half-even at {@code digits} behind the point. */
    public Decimal rounded(int digits) {
        return scale() <= digits ? this : of(toBigDecimal().setScale(digits, RoundingMode.HALF_EVEN));
    }

    /**
     * How many whole units this is.
     *
     * @return the count, of less than 2^62 either way, or {@link Units#NOT_WHOLE} or {@link Units#TOO_LARGE}
     */
    public long inUnitsOf(Decimal unit) {
        return wide == null ? inUnits(unscaled, scale, unit) : wideInUnits(wide, unit);
    }

    /** As {@link #inUnitsOf} of {@code unscaled × 10^-scale}, which need not be in normal form; scale 0 to 18. */
    static long inUnits(long unscaled, int scale, Decimal unit) {
        if (unit.wide == null) {
            if (scale <= unit.scale) {
                long shifted = rescaled(unscaled, unit.scale - scale);
                if (shifted != Long.MIN_VALUE) {
                    return wholeUnits(shifted, unit.unscaled);
                }
            } else {
                long unitShifted = rescaled(unit.unscaled, scale - unit.scale);
                if (unitShifted != Long.MIN_VALUE) {
                    return wholeUnits(unscaled, unitShifted);
                }
            }
        }
        return wideInUnits(BigDecimal.valueOf(unscaled, scale), unit);
    }

    private static long wholeUnits(long value, long unit) {
        // Most ticks and lots are a power of ten, and then there is nothing to divide by.
        if (unit == 1) {
            return countOrTooLarge(value);
        }
        long count = value / unit;
        return count * unit == value ? countOrTooLarge(count) : Units.NOT_WHOLE;
    }

    private static long wideInUnits(BigDecimal value, Decimal unit) {
        BigDecimal[] parts = value.divideAndRemainder(unit.toBigDecimal());
        if (parts[1].signum() != 0) {
            return Units.NOT_WHOLE;
        }
        BigInteger count = parts[0].toBigInteger();
        return count.bitLength() > 62 ? Units.TOO_LARGE : countOrTooLarge(count.longValue());
    }

    private static long countOrTooLarge(long count) {
        return count >= MOST_UNITS || count <= -MOST_UNITS ? Units.TOO_LARGE : count;
    }

    /** The two answers of {@link #inUnitsOf} that are no count. */
    public static final class Units {
        public static final long NOT_WHOLE = Long.MIN_VALUE;
        public static final long TOO_LARGE = Long.MIN_VALUE + 1;

        private Units() {}
    }

    /** The unscaled value at a larger scale, or {@code Long.MIN_VALUE} if that does not fit. */
    private long rescaled(int target) {
        return rescaled(unscaled, target - scale);
    }

    private static long rescaled(long value, int shift) {
        if (shift == 0) {
            return value;
        }
        if (shift > MAX_COMPACT_SCALE) {
            return value == 0 ? 0 : Long.MIN_VALUE;
        }
        long factor = TEN_TO[shift];
        long low = value * factor;
        long high = Math.multiplyHigh(value, factor);
        return (high == 0 && low >= 0) || (high == -1 && low < 0) ? low : Long.MIN_VALUE;
    }

    public BigDecimal toBigDecimal() {
        return wide != null ? wide : BigDecimal.valueOf(unscaled, scale);
    }

    /** Plain digits without an exponent and without trailing zeros behind the point. */
    @Override
    public String toString() {
        return wide != null
                ? wide.toPlainString()
                : appendTo(new StringBuilder(24)).toString();
    }

    /** Room that {@link #writeTo} needs; what stands behind the number is of no meaning afterwards. */
    public int mostBytes() {
        // Sign and point.
        return wide != null ? wide.toPlainString().length() : AsciiNumbers.MOST_BYTES + 2;
    }

    /** Writes what {@link #toString} says as ASCII and returns where it ends; there must be room for {@link #mostBytes}. */
    public int writeTo(byte[] target, int at) {
        if (wide != null || unscaled == Long.MIN_VALUE) {
            byte[] ascii = toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(ascii, 0, target, at, ascii.length);
            return at + ascii.length;
        }
        if (scale == 0) {
            return AsciiNumbers.write(unscaled, target, at);
        }
        int end = at;
        long value = unscaled;
        if (value < 0) {
            target[end++] = '-';
            value = -value;
        }
        long ten = TEN_TO[scale];
        long whole = value / ten;
        end = AsciiNumbers.write(whole, target, end);
        target[end++] = '.';
        return AsciiNumbers.padded(value - whole * ten, scale, target, end);
    }

    public StringBuilder appendTo(StringBuilder text) {
        if (wide != null) {
            return text.append(wide.toPlainString());
        }
        if (scale == 0) {
            return text.append(unscaled);
        }
        if (unscaled == Long.MIN_VALUE) {
            return text.append(toBigDecimal().toPlainString());
        }
        long value = unscaled;
        if (value < 0) {
            text.append('-');
            value = -value;
        }
        long ten = TEN_TO[scale];
        text.append(value / ten).append('.');
        long fraction = value % ten;
        for (int i = scale - 1; i > 0 && fraction < TEN_TO[i]; i--) {
            text.append('0');
        }
        return text.append(fraction);
    }

    @Override
    public int compareTo(Decimal other) {
        if (wide == null && other.wide == null && scale == other.scale) {
            return Long.compare(unscaled, other.unscaled);
        }
        return toBigDecimal().compareTo(other.toBigDecimal());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Decimal that)) {
            return false;
        }
        return wide == null
                ? that.wide == null && unscaled == that.unscaled && scale == that.scale
                : wide.equals(that.wide);
    }

    @Override
    public int hashCode() {
        return wide != null ? wide.hashCode() : Long.hashCode(unscaled) * 31 + scale;
    }

    /** Writes one byte of scale and eight of value; scale −1 announces a wide number as length and text. */
    public void write(DataOutput out) throws IOException {
        if (wide == null) {
            out.writeByte(scale);
            out.writeLong(unscaled);
        } else {
            byte[] magnitude = wide.unscaledValue().toByteArray();
            out.writeByte(-1);
            out.writeInt(wide.scale());
            out.writeInt(magnitude.length);
            out.write(magnitude);
        }
    }

    public static Decimal read(DataInput in) throws IOException {
        int scale = in.readByte();
        if (scale >= 0) {
            long unscaled = in.readLong();
            return unscaled == 0 ? ZERO : new Decimal(unscaled, scale, null);
        }
        int wideScale = in.readInt();
        byte[] magnitude = new byte[in.readInt()];
        in.readFully(magnitude);
        return new Decimal(0, 0, new BigDecimal(new BigInteger(magnitude), wideScale));
    }
}
