package io.crossbook.cli.console;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them: thousands grouped, money at two decimals. */
public final class Figures {
    private static final int SMALL_DIGITS = 4;

    private Figures() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return grouped(BigDecimal.valueOf(number).toPlainString());
    }

    /** The exact decimal with its whole part grouped. */
    public static String exact(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return grouped(plain.toPlainString());
    }

    /** An amount at two decimals, or four significant digits below one, half-even; for the eye only. */
    public static String money(BigDecimal amount) {
        if (amount.signum() != 0 && amount.abs().compareTo(BigDecimal.ONE) < 0) {
            return exact(amount.round(new MathContext(SMALL_DIGITS, RoundingMode.HALF_EVEN)));
        }
        return grouped(amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString());
    }

    private static String grouped(String plain) {
        int start = plain.startsWith("-") ? 1 : 0;
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        StringBuilder text = new StringBuilder(plain);
        for (int i = end - 3; i > start; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
