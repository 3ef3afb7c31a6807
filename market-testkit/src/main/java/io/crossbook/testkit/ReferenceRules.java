package io.crossbook.testkit;

import static io.crossbook.model.Reason.*;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrderType;
import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import io.crossbook.model.TimeInForce;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an instrument lets in, in the order in which a command is judged. Each method ends quietly or throws the first
 * {@link Refusal}.
 */
final class ReferenceRules {
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
    private static final BigInteger LARGEST_COUNT = BigInteger.ONE.shiftLeft(62).subtract(BigInteger.ONE);
    private static final BigInteger LARGEST_SUM = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MARK_PLACES = 18;

    private final Instrument instrument;

    ReferenceRules(Instrument instrument) {
        this.instrument = instrument;
    }

    void judgePhase(Phase phase) {
        Refusal.when(phase == Phase.HALTED, MARKET_HALTED, "the market is halted");
        Refusal.when(phase == Phase.CLOSED, MARKET_CLOSED, "the market is closed");
    }

    /**
     * @param last last trade price or what stands for it
     * @param openLots what is open in all live orders of the order's side
     */
    void judgeNew(NewOrder order, Phase phase, @Nullable Decimal last, BigInteger openLots) {
        judgeCombinations(order);
        judgeNumbers(
                order.price(),
                order.stopPrice(),
                order.quantity(),
                order.displayQuantity(),
                openLots.add(wholeUnits(order.quantity(), instrument.lotSize())));
        judgeLimits(order.price(), order.quantity());
        judgeBand(order.price(), last);
        Long expireAt = order.expireAt();
        Refusal.when(
                expireAt != null && expireAt <= order.transactTime(), EXPIRY_IN_PAST, "expire_at lies in the past");
        if (phase == Phase.CALL) {
            judgeCall(order);
        }
    }

    private static void judgeCombinations(NewOrder order) {
        OrderType type = order.type();
        TimeInForce timeInForce = order.timeInForce();
        boolean immediate = timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
        boolean market = type == OrderType.MARKET;
        Decimal display = order.displayQuantity();
        combination(type.hasPrice() != (order.price() != null), "LIMIT and STOP_LIMIT have a price, others none");
        combination(type.isStop() != (order.stopPrice() != null), "stops have a stop_price, others none");
        combination(
                display != null && display.compareTo(order.quantity()) > 0, "display_quantity is above the quantity");
        combination(display != null && (immediate || market), "display_quantity on an order that cannot rest");
        combination(order.postOnly() && (immediate || market), "post_only on an order that only takes");
        combination((timeInForce == TimeInForce.GTD) != (order.expireAt() != null), "GTD and expire_at go together");
        combination(timeInForce == TimeInForce.GTD && market, "GTD on a market order");
    }

    private static void combination(boolean senseless, String sentence) {
        Refusal.when(senseless, INVALID_COMBINATION, sentence);
    }

    private static void judgeCall(NewOrder order) {
        boolean stop = order.type().isStop();
        boolean collected = stop || (order.type() == OrderType.LIMIT && !isImmediate(order.timeInForce()));
        Refusal.when(!collected || order.postOnly(), NOT_ALLOWED_IN_CALL, "not collected in a call auction");
    }

    private static boolean isImmediate(TimeInForce timeInForce) {
        return timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
    }

    /** What a REPLACE names and what differs from the order as it is; absent values are those that stay. */
    record Change(
            @Nullable Decimal price,
            @Nullable Decimal stopPrice,
            @Nullable Decimal quantity,
            @Nullable Decimal display) {}

    Change judgeReplace(ReplaceOrder replace, ReferenceOrder order, @Nullable Decimal last, BigInteger openLots) {
        Refusal.when(
                replace.price() == null
                        && replace.quantity() == null
                        && replace.stopPrice() == null
                        && replace.displayQuantity() == null,
                NOTHING_TO_REPLACE,
                "names nothing to change");
        Change change = new Change(
                ifChanged(replace.price(), order.price, instrument.tickSize()),
                ifChanged(replace.stopPrice(), order.waiting ? order.stopPrice : null, instrument.tickSize()),
                ifChanged(replace.quantity(), order.total, instrument.lotSize()),
                ifChanged(replace.displayQuantity(), order.display, instrument.lotSize()));
        judgeFit(change, order);
        BigInteger newOpenLots = change.quantity == null
                ? openLots
                : openLots.subtract(BigInteger.valueOf(order.total))
                        .add(wholeUnits(change.quantity, instrument.lotSize()));
        judgeNumbers(change.price, change.stopPrice, change.quantity, change.display, newOpenLots);
        judgeLimits(change.price, change.quantity);
        judgeBand(change.price, last);
        return change;
    }

    private static @Nullable Decimal ifChanged(@Nullable Decimal named, @Nullable Long present, Decimal unit) {
        return named == null || (present != null && named.equals(unit.times(present))) ? null : named;
    }

    private void judgeFit(Change change, ReferenceOrder order) {
        combination(change.price != null && !order.type.hasPrice(), "a price on an order that has none");
        combination(change.stopPrice != null && !order.waiting, "a stop_price on an order that waits for none");
        combination(change.display != null && !order.canRest(), "display_quantity on an order that cannot rest");
        Decimal total = Objects.requireNonNullElse(change.quantity, instrument.quantity(order.total));
        combination(
                change.display != null && change.display.compareTo(total) > 0,
                "display_quantity is above the quantity");
    }

    /** Sign, then tick and lot, then size; in each price, stop price, quantity, display quantity. */
    private void judgeNumbers(
            @Nullable Decimal price,
            @Nullable Decimal stopPrice,
            @Nullable Decimal quantity,
            @Nullable Decimal display,
            BigInteger openLots) {
        judgeSign(price, INVALID_PRICE);
        judgeSign(stopPrice, INVALID_PRICE);
        judgeSign(quantity, INVALID_QUANTITY);
        judgeSign(display, INVALID_QUANTITY);
        judgeWhole(price, instrument.tickSize(), OFF_TICK);
        judgeWhole(stopPrice, instrument.tickSize(), OFF_TICK);
        judgeWhole(quantity, instrument.lotSize(), OFF_LOT);
        judgeWhole(display, instrument.lotSize(), OFF_LOT);
        judgeSize(price, instrument.tickSize());
        judgeSize(stopPrice, instrument.tickSize());
        judgeSize(quantity, instrument.lotSize());
        judgeSize(display, instrument.lotSize());
        Refusal.when(
                quantity != null && openLots.compareTo(LARGEST_SUM) > 0,
                OUT_OF_RANGE,
                "all open quantity of the side together is too large");
    }

    private static void judgeSign(@Nullable Decimal value, Reason reason) {
        Refusal.when(value != null && value.signum() <= 0, reason, "must be above zero, was " + value);
    }

    private static void judgeWhole(@Nullable Decimal value, Decimal unit, Reason reason) {
        if (value != null) {
            BigDecimal rest = value.toBigDecimal().remainder(unit.toBigDecimal());
            Refusal.when(rest.signum() != 0, reason, value + " is no multiple of " + unit);
        }
    }

    private static void judgeSize(@Nullable Decimal value, Decimal unit) {
        Refusal.when(
                value != null && wholeUnits(value, unit).compareTo(LARGEST_COUNT) > 0,
                OUT_OF_RANGE,
                value + " is too large");
    }

    private static BigInteger wholeUnits(Decimal value, Decimal unit) {
        return value.toBigDecimal().divideToIntegralValue(unit.toBigDecimal()).toBigInteger();
    }

    private void judgeLimits(@Nullable Decimal price, @Nullable Decimal quantity) {
        judgeLimit(price, instrument.minPrice(), instrument.maxPrice(), PRICE_OUTSIDE_LIMITS);
        judgeLimit(quantity, instrument.minQuantity(), instrument.maxQuantity(), QUANTITY_OUTSIDE_LIMITS);
    }

    private static void judgeLimit(
            @Nullable Decimal value, @Nullable Decimal smallest, @Nullable Decimal largest, Reason reason) {
        if (value != null) {
            Refusal.when(smallest != null && value.compareTo(smallest) < 0, reason, value + " is below " + smallest);
            Refusal.when(largest != null && value.compareTo(largest) > 0, reason, value + " is above " + largest);
        }
    }

    private void judgeBand(@Nullable Decimal price, @Nullable Decimal last) {
        Decimal band = instrument.priceBandBps();
        if (price == null || band == null || last == null) {
            return;
        }
        BigDecimal distance = price.minus(last).abs().toBigDecimal().multiply(BASIS_POINTS);
        BigDecimal allowed = band.toBigDecimal().multiply(last.toBigDecimal());
        Refusal.when(
                distance.compareTo(allowed) > 0,
                PRICE_OUTSIDE_BAND,
                price + " is further than " + band + " basis points from " + last);
    }

    void judgeMark(Decimal price) {
        Refusal.when(price.scale() > MARK_PLACES, OUT_OF_RANGE, "more than 18 places: " + price);
    }
}
