package io.crossbook.cli.generate;

import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * A new order of a generated day.
 *
 * @param client number of the account in {@link DayPeople}
 * @param tick limit price in ticks, 0 for none
 * @param stopTick stop price in ticks, 0 for none
 * @param displayLots displayed quantity, 0 for all
 * @param expireAt nanoseconds since 1970, 0 for none
 */
record DayOrder(
        long id,
        int client,
        boolean buy,
        OrderType type,
        TimeInForce timeInForce,
        int tick,
        long lots,
        int stopTick,
        long displayLots,
        long expireAt,
        boolean postOnly,
        @Nullable SelfTradePrevention selfTradePrevention) {
    static DayOrder limit(long id, int client, boolean buy, TimeInForce timeInForce, int tick, long lots) {
        return new DayOrder(id, client, buy, OrderType.LIMIT, timeInForce, tick, lots, 0, 0, 0, false, null);
    }

    static DayOrder market(long id, int client, boolean buy, long lots) {
        return new DayOrder(id, client, buy, OrderType.MARKET, TimeInForce.GTC, 0, lots, 0, 0, 0, false, null);
    }

    static DayOrder stop(long id, int client, boolean buy, TimeInForce timeInForce, int stopTick, long lots) {
        return new DayOrder(id, client, buy, OrderType.STOP, timeInForce, 0, lots, stopTick, 0, 0, false, null);
    }

    static DayOrder stopLimit(
            long id, int client, boolean buy, TimeInForce timeInForce, int stopTick, int tick, long lots) {
        return new DayOrder(
                id, client, buy, OrderType.STOP_LIMIT, timeInForce, tick, lots, stopTick, 0, 0, false, null);
    }

    DayOrder showing(long lotsShown) {
        return new DayOrder(
                id,
                client,
                buy,
                type,
                timeInForce,
                tick,
                lots,
                stopTick,
                lotsShown,
                expireAt,
                postOnly,
                selfTradePrevention);
    }

    DayOrder goodTill(long nanos) {
        return new DayOrder(
                id,
                client,
                buy,
                type,
                TimeInForce.GTD,
                tick,
                lots,
                stopTick,
                displayLots,
                nanos,
                postOnly,
                selfTradePrevention);
    }

    DayOrder passive() {
        return new DayOrder(
                id,
                client,
                buy,
                type,
                timeInForce,
                tick,
                lots,
                stopTick,
                displayLots,
                expireAt,
                true,
                selfTradePrevention);
    }

    DayOrder preventing(SelfTradePrevention mode) {
        return new DayOrder(
                id, client, buy, type, timeInForce, tick, lots, stopTick, displayLots, expireAt, postOnly, mode);
    }

    boolean rests() {
        return type != OrderType.MARKET
                && type != OrderType.STOP
                && timeInForce != TimeInForce.IOC
                && timeInForce != TimeInForce.FOK;
    }
}
