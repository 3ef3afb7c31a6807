package io.crossbook.cli.generate;

import io.crossbook.model.Decimal;
import java.util.List;

/**
 * One of the three instruments of a generated day.
 *
 * @param described its line in the instruments file
 * @param tickSize price of one tick
 * @param lotSize quantity of one lot
 * @param reference price of the evening before, in ticks
 * @param shareOfFlow share of the day's commands
 * @param dayMove deviation of the fair price over a day, in ticks
 * @param halfSpread distance of the best quotes from the fair price, in ticks
 * @param levelStep distance between a market maker's quotes, in ticks
 * @param typicalLots size of an ordinary order
 */
record DayInstrument(
        String symbol,
        String described,
        Decimal tickSize,
        Decimal lotSize,
        int reference,
        double shareOfFlow,
        int dayMove,
        double halfSpread,
        double levelStep,
        int typicalLots) {
    static final String HEADER = "instrument,kind,currency,tick_size,lot_size,multiplier,maker_fee_bps,taker_fee_bps,"
            + "min_price,max_price,min_quantity,max_quantity,price_band_bps,reference_price,allow_short,expiry,"
            + "calendar,settlement_days";

    /** An index future, a share and a spot pair: three kinds of ticks, lots, multipliers, fees and currencies. */
    static final List<DayInstrument> ALL = List.of(
            new DayInstrument(
                    "INDEX-M4",
                    "INDEX-M4,FUTURE,EUR,0.5,1,10,0.05,0.1,0.5,,1,500,300,4900,true,2024-06-21,,1",
                    Decimal.of(5, 1),
                    Decimal.ONE,
                    9_800,
                    0.42,
                    90,
                    0.8,
                    1,
                    4),
            new DayInstrument(
                    "ACME",
                    "ACME,EQUITY,USD,0.01,1,1,-0.2,0.3,0.01,,1,100000,500,182.5,true,,,2",
                    Decimal.of(1, 2),
                    Decimal.ONE,
                    18_250,
                    0.34,
                    300,
                    1.6,
                    1.5,
                    120),
            new DayInstrument(
                    "BTC-USD",
                    "BTC-USD,SPOT,USD,0.5,0.0001,1,1,2.5,0.5,,0.0001,50,800,62500,true,,,0",
                    Decimal.of(5, 1),
                    Decimal.of(1, 4),
                    125_000,
                    0.24,
                    2_600,
                    9,
                    8,
                    2_500));

    String price(int ticks) {
        return tickSize.times(ticks).toString();
    }

    String quantity(long lots) {
        return lotSize.times(lots).toString();
    }
}
