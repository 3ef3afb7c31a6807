package io.crossbook.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One instrument and its market rules. It alone knows what a tick and a lot are worth.
 *
 * @param tickSize price of one tick, above zero
 * @param lotSize quantity of one lot, above zero
 * @param multiplier currency per price point and unit of quantity, above zero
 * @param makerFeeBps basis points of notional paid by a resting order; negative is a rebate
 * @param takerFeeBps basis points of notional paid by an aggressor; negative is a rebate
 * @param priceBandBps largest distance of an order price from the last trade price, in basis points of that price
 * @param referencePrice stands for the last trade price until there is one; never a mark
 * @param allowShort whether an external sale may exceed the holding
 */
public record Instrument(
        String symbol,
        InstrumentKind kind,
        String currency,
        Decimal tickSize,
        Decimal lotSize,
        Decimal multiplier,
        Decimal makerFeeBps,
        Decimal takerFeeBps,
        @Nullable Decimal minPrice,
        @Nullable Decimal maxPrice,
        @Nullable Decimal minQuantity,
        @Nullable Decimal maxQuantity,
        @Nullable Decimal priceBandBps,
        @Nullable Decimal referencePrice,
        boolean allowShort,
        @Nullable LocalDate expiry,
        @Nullable String calendar,
        @Nullable Integer settlementDays)
        implements Serializable {
    /** Digits behind the point of an average price, which is a quotient for showing only. */
    public static final int AVERAGE_PRICE_DIGITS = 12;

    private static final Decimal FINEST = Decimal.of(1, 8);
    private static final long[] TEN_TO = new long[AVERAGE_PRICE_DIGITS + 1];

    static {
        TEN_TO[0] = 1;
        for (int i = 1; i < TEN_TO.length; i++) {
            TEN_TO[i] = TEN_TO[i - 1] * 10;
        }
    }

    public Instrument {
        requirePositive("tick_size", tickSize);
        requirePositive("lot_size", lotSize);
        requirePositive("multiplier", multiplier);
    }

    private static void requirePositive(String name, Decimal value) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(name + " must be above zero, was " + value);
        }
    }

    /** What an instrument is that no file describes: finest tick and lot, USD, no fees, no limits, shorts allowed. */
    public static Instrument permissive(String symbol) {
        return new Instrument(
                symbol,
                InstrumentKind.SPOT,
                "USD",
                FINEST,
                FINEST,
                Decimal.ONE,
                Decimal.ZERO,
                Decimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null);
    }

    public Decimal price(long ticks) {
        return tickSize.times(ticks);
    }

    public Decimal quantity(long lots) {
        return lotSize.times(lots);
    }

    /** Notional of a price and a quantity in currency: price × quantity × multiplier. */
    public Decimal notional(Decimal price, Decimal quantity) {
        return price.times(quantity).times(multiplier);
    }

    /**
     * The average price of {@code lots} that cost {@code high·2^64 + low} ticks times lots, rounded half-even at
     * {@value #AVERAGE_PRICE_DIGITS} digits.
     *
     * @param low lower 64 bits, unsigned
     * @param lots above zero
     */
    public Decimal averagePrice(long high, long low, long lots) {
        if (high == 0 && low >= 0) {
            long ticks = low / lots;
            long rest = low - ticks * lots;
            if (rest == 0) {
                return price(ticks).rounded(AVERAGE_PRICE_DIGITS);
            }
            if (tickSize.isCompact() && tickSize.scale() <= AVERAGE_PRICE_DIGITS) {
                Decimal average = compactAverage(ticks, rest, lots);
                if (average != null) {
                    return average;
                }
            }
        }
        BigInteger notional = BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
        return Decimal.of(new BigDecimal(notional)
                .multiply(tickSize.toBigDecimal())
                .divide(BigDecimal.valueOf(lots), AVERAGE_PRICE_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** {@code ticks + rest / lots} ticks rounded, {@code null} if that does not fit a {@code long} on the way. */
    private @Nullable Decimal compactAverage(long ticks, long rest, long lots) {
        long ten = TEN_TO[AVERAGE_PRICE_DIGITS - tickSize.scale()];
        long unit = tickSize.unscaled() * ten;
        if (unit / ten != tickSize.unscaled()
                || Math.multiplyHigh(unit, rest) != unit * rest >> Long.SIZE - 1
                || Math.multiplyHigh(unit, ticks + 1) != unit * (ticks + 1) >> Long.SIZE - 1) {
            return null;
        }
        long fraction = unit * rest / lots;
        long left = unit * rest - fraction * lots;
        long whole = unit * ticks + fraction;
        boolean up = left > lots - left || left == lots - left && (whole & 1) == 1;
        return Decimal.of(up ? whole + 1 : whole, AVERAGE_PRICE_DIGITS);
    }

    /** The id of this instrument's trade number {@code tradeNo}, from 1. */
    public static String tradeId(String symbol, long tradeNo) {
        return symbol + "-" + tradeNo;
    }
}
