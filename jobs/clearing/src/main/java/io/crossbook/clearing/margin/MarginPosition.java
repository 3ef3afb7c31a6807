package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;

/**
 * A member's position in one instrument at the end of the day, with what it is valued by.
 *
 * @param currency of the price and of every amount that comes of it
 * @param multiplier currency per price point and unit of quantity, above zero
 * @param quantity signed: above zero long, below zero short
 * @param settlementPx the SettlPrice(730) of the day; may be below zero
 */
public record MarginPosition(
        String instrument, String currency, Decimal multiplier, Decimal quantity, Decimal settlementPx) {
    public MarginPosition {
        if (multiplier.signum() <= 0) {
            throw new IllegalArgumentException(instrument + ": multiplier must be above zero, was " + multiplier);
        }
    }

    /** {@code quantity × multiplier × settlementPx} in currency; signed. */
    Decimal value() {
        return quantity.times(multiplier).times(settlementPx);
    }
}
