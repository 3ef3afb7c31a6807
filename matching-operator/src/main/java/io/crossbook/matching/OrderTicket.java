package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * What a NEW or REPLACE asks for, in ticks and lots. One ticket is filled anew for each command, so nothing is
 * allocated.
 *
 * <p>A price or quantity can be {@link #NONE}; one that is no whole number of ticks or lots is {@link #OFF_GRID}, one
 * beyond {@link #LARGEST} is {@link #TOO_LARGE}; zero stands for anything at or below zero. The book refuses these with
 * their reason.
 */
public final class OrderTicket {
    /** Not given; the same number as {@link io.crossbook.model.MarketEvent#NO_PRICE}. */
    public static final long NONE = Long.MIN_VALUE;

    public static final long TOO_LARGE = Long.MIN_VALUE + 1;
    public static final long OFF_GRID = Long.MIN_VALUE + 2;

    /** Ticks and lots fit 62 bits, so that a sum or difference of two still fits a {@code long}. */
    public static final long LARGEST = (1L << 62) - 1;

    public String orderId = "";
    public long idHigh;
    public long idLow;
    /** Number of the client within its book. */
    public int client;

    public Side side = Side.BUY;
    public OrderType type = OrderType.LIMIT;
    public TimeInForce timeInForce = TimeInForce.GTC;
    public long price = NONE;
    public long quantity;
    public long stopPrice = NONE;
    public long displayQuantity = NONE;
    /** Nanoseconds since 1970 UTC. */
    public long expireAt = NONE;

    public boolean postOnly;
    public @Nullable SelfTradePrevention selfTradePrevention;
    /** Whether the display quantity as given exceeds the quantity: compared as decimals, before any is refused. */
    public boolean displayAboveQuantity;

    /** Whether neither display quantity nor stop price nor expiry is given. */
    boolean isPlain() {
        return displayQuantity == NONE && stopPrice == NONE && expireAt == NONE;
    }

    /** Whether what is left of the order, once it runs, can rest. */
    boolean canRest() {
        return price != NONE && !isImmediate();
    }

    /** In CALL stops wait whatever their time in force, limit orders only if they can rest, and none is post-only. */
    boolean isCollectedInCall() {
        return !postOnly && (type.isStop() || type == OrderType.LIMIT && !isImmediate());
    }

    boolean isImmediate() {
        return timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
    }

    /** A decimal as a whole number of ticks or lots, or the mark of why it is none. */
    public static long units(@Nullable Decimal value, Decimal unit) {
        if (value == null) {
            return NONE;
        }
        if (value.signum() <= 0) {
            return 0;
        }
        long units = value.inUnitsOf(unit);
        if (units == Decimal.Units.NOT_WHOLE) {
            return OFF_GRID;
        }
        return units < 0 || units > LARGEST ? TOO_LARGE : units;
    }
}
