package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;

/**
 * What an instrument's ticks, lots and fees come to in its currency, worked out once.
 *
 * @param tickLot price times quantity of one tick and lot: tick size × lot size
 * @param tickLotValue currency per tick and lot: tick size × lot size × multiplier
 * @param makerRate share of notional that a resting order pays; negative is a rebate
 * @param takerRate share of notional that an aggressor pays; negative is a rebate
 * @param makerFee currency that a resting order pays per tick and lot
 * @param takerFee currency that an aggressor pays per tick and lot
 */
record Terms(
        Instrument instrument,
        Decimal tickLot,
        Decimal tickLotValue,
        Decimal makerRate,
        Decimal takerRate,
        Decimal makerFee,
        Decimal takerFee) {
    private static final Decimal BASIS_POINT = Decimal.of(1, 4);

    static Terms of(Instrument instrument) {
        Decimal tickLot = instrument.tickSize().times(instrument.lotSize());
        Decimal tickLotValue = tickLot.times(instrument.multiplier());
        Decimal makerRate = instrument.makerFeeBps().times(BASIS_POINT);
        Decimal takerRate = instrument.takerFeeBps().times(BASIS_POINT);
        return new Terms(
                instrument,
                tickLot,
                tickLotValue,
                makerRate,
                takerRate,
                makerRate.times(tickLotValue),
                takerRate.times(tickLotValue));
    }

    Decimal rate(Liquidity liquidity) {
        return liquidity == Liquidity.MAKER ? makerRate : takerRate;
    }
}
