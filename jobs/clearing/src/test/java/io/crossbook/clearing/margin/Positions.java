package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;

/** Positions in one line of test. */
public final class Positions {
    private Positions() {}

    public static Decimal number(String digits) {
        return Decimal.parse(digits);
    }

    /** In USD with a multiplier of 1. */
    public static MarginPosition position(String instrument, String quantity, String settlementPx) {
        return position(instrument, "USD", "1", quantity, settlementPx);
    }

    public static MarginPosition position(
            String instrument, String currency, String multiplier, String quantity, String settlementPx) {
        return new MarginPosition(instrument, currency, number(multiplier), number(quantity), number(settlementPx));
    }
}
