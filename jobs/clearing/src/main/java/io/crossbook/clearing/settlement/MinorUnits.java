package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import java.util.Currency;

/**
 * The smallest amount of a currency that can be paid. ISO 4217 says it for the currencies of states (USD 2 digits, JPY 0);
 * of others, such as BTC or USDT, we take 8 digits, the finest that is paid anywhere.
 */
public final class MinorUnits {
    private static final int DIGITS_ELSEWHERE = 8;

    private MinorUnits() {}

    /** Digits behind the point. */
    public static int digits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? DIGITS_ELSEWHERE : digits;
        } catch (IllegalArgumentException noStateHasIt) {
            return DIGITS_ELSEWHERE;
        }
    }

    /** An amount rounded half-even to what can be paid. */
    public static Decimal rounded(Decimal amount, String currency) {
        return amount.rounded(digits(currency));
    }
}
