package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The limits of an instrument as a book needs them: whole ticks and lots, edges included.
 *
 * @param referencePrice stands for the last trade price until there is one; not always a whole number of ticks
 * @param priceBandBps largest distance from the last trade price in basis points of it
 */
public record MarketRules(
        long minPrice,
        long maxPrice,
        long minQuantity,
        long maxQuantity,
        BigDecimal tickSize,
        @Nullable BigDecimal referencePrice,
        @Nullable BigDecimal priceBandBps) {
    /** No limits, no band, no reference price. */
    public static final MarketRules NONE =
            new MarketRules(1, OrderTicket.LARGEST, 1, OrderTicket.LARGEST, BigDecimal.ONE, null, null);

    public static MarketRules of(Instrument instrument) {
        return new MarketRules(
                atLeast(instrument.minPrice(), instrument.tickSize()),
                atMost(instrument.maxPrice(), instrument.tickSize()),
                atLeast(instrument.minQuantity(), instrument.lotSize()),
                atMost(instrument.maxQuantity(), instrument.lotSize()),
                instrument.tickSize().toBigDecimal(),
                exact(instrument.referencePrice()),
                exact(instrument.priceBandBps()));
    }

    private static @Nullable BigDecimal exact(@Nullable Decimal value) {
        return value == null ? null : value.toBigDecimal();
    }

    private static long atLeast(@Nullable Decimal limit, Decimal unit) {
        return limit == null ? 1 : units(limit, unit, RoundingMode.CEILING);
    }

    private static long atMost(@Nullable Decimal limit, Decimal unit) {
        return limit == null ? OrderTicket.LARGEST : units(limit, unit, RoundingMode.FLOOR);
    }

    private static long units(Decimal limit, Decimal unit, RoundingMode rounding) {
        return limit.toBigDecimal()
                .divide(unit.toBigDecimal(), 0, rounding)
                .toBigInteger()
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.ZERO)
                .longValue();
    }
}
