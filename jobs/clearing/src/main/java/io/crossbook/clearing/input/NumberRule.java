package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a number in a margin file must be. Numbers are {@code -}, digits, {@code .}, digits, read exactly; a fraction
 * may be given in percent, {@code 8%} for {@code 0.08}.
 *
 * @param words completes "must be …"
 * @param percentToo whether {@code %} may follow
 * @param holds which values are allowed
 */
record NumberRule(String words, boolean percentToo, Predicate<Decimal> holds) {
    /** At most 1, so that an 8 that means 8 % is told and not taken eight hundredfold. */
    static final NumberRule RATE = new NumberRule(
            "a fraction from 0 to 1 like 8% or 0.08",
            true, value -> value.signum() >= 0 && value.compareTo(Decimal.ONE) <= 0);

    static final NumberRule SHARE = new NumberRule("a fraction like 5% or 0.05", true, value -> value.signum() >= 0);

    /** A price falls by all of itself at most. */
    static final NumberRule RETURN = new NumberRule(
            "a fraction of -1 or more like -4% or -0.04", true, value -> value.compareTo(Decimal.ONE.negate()) >= 0);

    static final NumberRule CONFIDENCE = new NumberRule(
            "between 0 and 1, both left out, like 99% or 0.99",
            true, value -> value.signum() > 0 && value.compareTo(Decimal.ONE) < 0);

    static final NumberRule AMOUNT =
            new NumberRule("a number of zero or more like 20", false, value -> value.signum() >= 0);

    /** A year at most: beyond, the square root of time says nothing. */
    static final NumberRule DAYS = new NumberRule(
            "a whole number of days from 1 to 365",
            false,
            value -> value.scale() == 0 && value.signum() > 0 && value.compareTo(Decimal.of(365)) <= 0);

    /** Parsing takes longer than in proportion to the digits. */
    private static final int LONGEST = 64;

    private static final Decimal PERCENT = Decimal.of(1, 2);

    /** The number, or null if the text is none or the value is not allowed. */
    @Nullable
    Decimal readOrNull(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        Decimal value;
        if (percentToo && text.endsWith("%")) {
            Decimal percent =
                    Decimal.parseOrNull(text.substring(0, text.length() - 1).stripTrailing());
            value = percent == null ? null : percent.times(PERCENT);
        } else {
            value = Decimal.parseOrNull(text);
        }
        return value != null && holds.test(value) ? value : null;
    }
}
