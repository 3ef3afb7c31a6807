package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalField;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.OrderWords;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * What a NEW or REPLACE asks for, in ticks and lots. One ticket is filled anew for each command, so nothing is
 * allocated. It holds numbers only, words as their ordinals: writing a reference into an old object makes the collector's
 * barrier wait for all earlier writes, which costs more than judging the order.
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

    private static final int MARKET = OrderType.MARKET.ordinal();
    private static final int LIMIT = OrderType.LIMIT.ordinal();
    private static final int STOP = OrderType.STOP.ordinal();
    private static final int STOP_LIMIT = OrderType.STOP_LIMIT.ordinal();
    private static final int IOC = TimeInForce.IOC.ordinal();
    private static final int FOK = TimeInForce.FOK.ordinal();
    private static final int PLAIN_LIMIT =
            LIMIT << OrderWords.TYPE_SHIFT | TimeInForce.GTC.ordinal() << OrderWords.TIF_SHIFT;

    /** The words of the {@link OrderId}. */
    public long idHigh;

    public long idLow;
    /** Number of the client within its book. */
    public int client;

    /** {@link OrderWords}: a limit order to buy, good till cancelled, unless set otherwise. */
    private int flags = PLAIN_LIMIT;

    public long price = NONE;
    public long quantity;
    public long stopPrice = NONE;
    public long displayQuantity = NONE;
    /** Nanoseconds since 1970 UTC. */
    public long expireAt = NONE;

    /** Whether the display quantity as given exceeds the quantity: compared as decimals, before any is refused. */
    public boolean displayAboveQuantity;

    public void setSide(Side side) {
        set(OrderWords.SIDE_BIT, side.ordinal());
    }

    public void setType(OrderType type) {
        set(OrderWords.TYPE_MASK << OrderWords.TYPE_SHIFT, type.ordinal() << OrderWords.TYPE_SHIFT);
    }

    public void setTimeInForce(TimeInForce timeInForce) {
        set(OrderWords.TIF_MASK << OrderWords.TIF_SHIFT, timeInForce.ordinal() << OrderWords.TIF_SHIFT);
    }

    public void setSelfTradePrevention(@Nullable SelfTradePrevention mode) {
        int prevention = mode == null ? 0 : mode.ordinal() + 1;
        set(OrderWords.PREVENTION_MASK << OrderWords.PREVENTION_SHIFT, prevention << OrderWords.PREVENTION_SHIFT);
    }

    public void setPostOnly(boolean postOnly) {
        set(OrderWords.POST_ONLY_BIT, postOnly ? OrderWords.POST_ONLY_BIT : 0);
    }

    /** Sets side, type and the like at once, as {@link OrderWords}. */
    void setWords(int words) {
        flags = words;
    }

    private void set(int mask, int bits) {
        flags = flags & ~mask | bits;
    }

    /** {@link OrderWords} of what the ticket says. */
    int flags() {
        return flags;
    }

    /** The ordinal of the side: 0 buys, 1 sells. */
    int side() {
        return flags & OrderWords.SIDE_BIT;
    }

    private int type() {
        return OrderFlags.type(flags);
    }

    boolean isMarket() {
        return type() == MARKET;
    }

    boolean isLimit() {
        return type() == LIMIT;
    }

    boolean isStop() {
        return type() == STOP || type() == STOP_LIMIT;
    }

    boolean isPostOnly() {
        return (flags & OrderWords.POST_ONLY_BIT) != 0;
    }

    /** Whether the order type asks for a limit price. */
    boolean needsPrice() {
        return type() == LIMIT || type() == STOP_LIMIT;
    }

    boolean isGoodTillDate() {
        return OrderFlags.isGoodTillDate(flags);
    }

    /** Whether neither display quantity nor stop price nor expiry is given. */
    boolean isPlain() {
        // One test instead of three that the processor must guess.
        return ((displayQuantity ^ NONE) | (stopPrice ^ NONE) | (expireAt ^ NONE)) == 0;
    }

    /**
     * Whether this is a limit order good till cancelled and nothing more but perhaps self-trade prevention, with a price
     * and quantity of whole units.
     */
    boolean isPlainLimit() {
        int others = ~(OrderWords.SIDE_BIT | OrderWords.PREVENTION_MASK << OrderWords.PREVENTION_SHIFT);
        return (flags & others) == PLAIN_LIMIT && isPlain() && price > 0 && quantity > 0;
    }

    /** In CALL stops wait whatever their time in force, limit orders only if they can rest, and none is post-only. */
    boolean isCollectedInCall() {
        return !isPostOnly() && (isStop() || isLimit() && !isImmediate());
    }

    boolean isImmediate() {
        int timeInForce = OrderFlags.timeInForce(flags);
        return timeInForce == IOC || timeInForce == FOK;
    }

    /** A decimal as a whole number of ticks or lots, or the mark of why it is none. */
    static long units(DecimalField value, Decimal unit) {
        if (!value.isPresent()) {
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
