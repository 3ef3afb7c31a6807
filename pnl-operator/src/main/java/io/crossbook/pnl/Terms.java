package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;

/**
 * What an instrument's ticks, lots and fees come to in its currency, worked out once.
 *
 * @param tickLotValue currency per tick and lot: tick size × lot size × multiplier
 * @param makerRate share of notional that a resting order pays; negative is a rebate
 * @param takerRate share of notional that an aggressor pays; negative is a rebate
 */
record Terms(Instrument instrument, Decimal tickLotValue, Decimal makerRate, Decimal takerRate) {
    private static final Decimal BASIS_POINT = Decimal.of(1, 4);

    static Terms of(Instrument instrument) {
        return new Terms(
                instrument,
                instrument.tickSize().times(instrument.lotSize()).times(instrument.multiplier()),
                instrument.makerFeeBps().times(BASIS_POINT),
                instrument.takerFeeBps().times(BASIS_POINT));
    }

    Decimal rate(Liquidity liquidity) {
        return liquidity == Liquidity.MAKER ? makerRate : takerRate;
    }
}
