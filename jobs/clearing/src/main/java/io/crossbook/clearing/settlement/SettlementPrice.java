package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price that an instrument is settled at, SettlPrice(730), and how it was found.
 *
 * @param price a whole number of ticks, unless it was given
 */
public record SettlementPrice(Decimal price, SettlementMethod method) {
    /**
     * What is known of an instrument at the end of its session.
     *
     * @param manual the price that the clearing house gives, {@code null} if it gives none
     * @param windowTrades number of trades in the closing window
     * @param windowVolume sum of their quantities
     * @param windowValue sum of quantity times price
     * @param lastPx price of the day's last trade, {@code null} if there was none
     * @param bestBid at the end of the window, {@code null} if there was none
     * @param bestAsk likewise
     * @param priorSettlementPx of the previous clearing, {@code null} if there was none
     */
    public record Inputs(
            @Nullable Decimal manual,
            long windowTrades,
            Decimal windowVolume,
            Decimal windowValue,
            @Nullable Decimal lastPx,
            @Nullable Decimal bestBid,
            @Nullable Decimal bestAsk,
            @Nullable Decimal priorSettlementPx) {}

    /**
     * Finds it: the price that was given; else the volume-weighted average of the closing window, if that has enough trades;
     * else the last trade of the day within the closing bid and ask; else the previous settlement within them.
     *
     * <p>An average is rounded to the tick; exactly between two ticks, to the one nearer the previous settlement, and to the
     * lower if there is none or it is as near to both.
     *
     * @param minTrades how many trades a window needs to count, at least 1
     * @return empty if nothing is known that could be a price
     */
    public static Optional<SettlementPrice> of(Inputs inputs, Decimal tickSize, long minTrades) {
        if (inputs.manual() != null) {
            return Optional.of(new SettlementPrice(inputs.manual(), SettlementMethod.MANUAL));
        }
        if (inputs.windowTrades() >= minTrades) {
            Decimal average = average(inputs, tickSize);
            return Optional.of(new SettlementPrice(average, SettlementMethod.WINDOW_VWAP));
        }
        if (inputs.lastPx() != null) {
            return Optional.of(new SettlementPrice(within(inputs.lastPx(), inputs), SettlementMethod.LAST_TRADE));
        }
        return Optional.ofNullable(inputs.priorSettlementPx())
                .map(prior -> new SettlementPrice(within(prior, inputs), SettlementMethod.PREVIOUS));
    }

    /** In whole numbers: the quotient has no end, the tick below it has. */
    private static Decimal average(Inputs inputs, Decimal tickSize) {
        BigDecimal value = inputs.windowValue().toBigDecimal();
        BigDecimal valueOfTick = inputs.windowVolume().toBigDecimal().multiply(tickSize.toBigDecimal());
        BigInteger ticksBelow = value.divide(valueOfTick, 0, RoundingMode.FLOOR).toBigInteger();
        BigDecimal above = value.subtract(valueOfTick.multiply(new BigDecimal(ticksBelow)));
        Decimal lower = tickSize.times(Decimal.of(new BigDecimal(ticksBelow)));
        Decimal upper = lower.plus(tickSize);
        int half = above.add(above).compareTo(valueOfTick);
        boolean up = half > 0 || half == 0 && isNearer(upper, lower, inputs.priorSettlementPx());
        return up ? upper : lower;
    }

    private static boolean isNearer(Decimal price, Decimal other, @Nullable Decimal prior) {
        return prior != null
                && price.minus(prior).abs().compareTo(other.minus(prior).abs()) < 0;
    }

    private static Decimal within(Decimal price, Inputs inputs) {
        if (inputs.bestBid() != null && price.compareTo(inputs.bestBid()) < 0) {
            return inputs.bestBid();
        }
        if (inputs.bestAsk() != null && price.compareTo(inputs.bestAsk()) > 0) {
            return inputs.bestAsk();
        }
        return price;
    }
}
