package io.crossbook.matching;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.OrderType;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All live orders of a book. An order is a slot: a number that is free again once the order has ended.
 *
 * <p>Layout: a hot record of 8 words a slot holds what matching touches, one cache line; a cold record of 8 words, one
 * more, what every order has besides; a rare record of 4 words what few have. Texts and clients stand in arrays of their
 * own. Slots of ended orders form a list through their links, the last one freed first, so that a busy book works in few
 * cache lines.
 *
 * <pre>
 * hot:  0 previous | next in its queue     cold: 0 time of entry        rare: 0 display quantity
 *       1 price in ticks or NO_PRICE             1 sequence of its NEW        1 stop price or NO_PRICE
 *       2 displayed lots                         2 time of its NEW            2 expiry time
 *       3 client                                 3 notional, high word        3 place in the expiry heap
 *       4 level | flags                          4 notional, low word
 *       5, 6 key of its id                       5 sequence of last change
 *       7 filled lots                            6 time of last change
 *                                                7 hidden lots of an iceberg
 * </pre>
 *
 * The order quantity is what is filled plus what is open, always.
 */
final class OrderSlab {
    static final int NONE = -1;

    /** Where an order is. */
    static final int FREE = 0;

    static final int RUNNING = 1;
    static final int RESTING = 2;
    static final int WAITING = 3;

    private static final int RECORD_SHIFT = 3;
    /** With the 16 bytes of an array's header this puts records on cache lines where the array starts on one. */
    private static final int RECORD_OFFSET = 6;

    private static final int LINKS = 0;
    private static final int PRICE = 1;
    private static final int SHOWN = 2;
    private static final int CLIENT = 3;
    private static final int LEVEL_FLAGS = 4;
    private static final int ID_HIGH = 5;
    private static final int ID_LOW = 6;
    private static final int FILLED = 7;

    private static final int ENTRY = 0;
    private static final int SEQUENCE = 1;
    private static final int ENTERED_AT = 2;
    private static final int NOTIONAL_HIGH = 3;
    private static final int NOTIONAL_LOW = 4;
    private static final int CHANGE_SEQUENCE = 5;
    private static final int CHANGED_AT = 6;
    private static final int HIDDEN = 7;

    private static final int RARE_SHIFT = 2;
    private static final int DISPLAY = 0;
    private static final int STOP_PRICE = 1;
    private static final int EXPIRE_AT = 2;
    private static final int EXPIRY_PLACE = 3;

    private static final int SIDE_BIT = 1;
    private static final int TYPE_SHIFT = 1;
    private static final int TYPE_MASK = 3;
    private static final int TIF_SHIFT = 3;
    private static final int TIF_MASK = 7;
    private static final int POST_ONLY_BIT = 1 << 6;
    private static final int TRIGGERED_BIT = 1 << 7;
    private static final int PREVENTION_SHIFT = 8;
    private static final int PREVENTION_MASK = 7;
    private static final int STATE_SHIFT = 11;
    private static final int STATE_MASK = 3;
    private static final int ICEBERG_BIT = 1 << 13;
    private static final int CAN_REST_BIT = 1 << 14;
    private static final int INDEXED_BIT = 1 << 15;
    private static final int GTD = TimeInForce.GTD.ordinal();

    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();

    private static final int SMALLEST_CAPACITY = 32;

    private long[] hot = new long[recordAt(SMALLEST_CAPACITY)];
    private long[] cold = new long[recordAt(SMALLEST_CAPACITY)];
    private long[] rare = new long[SMALLEST_CAPACITY << RARE_SHIFT];
    private @Nullable String[] orderIds = new String[SMALLEST_CAPACITY];
    private int[] clients = new int[SMALLEST_CAPACITY];
    private int capacity = SMALLEST_CAPACITY;
    private int firstFree = NONE;
    private int highest;

    private static int recordAt(int order) {
        return (order << RECORD_SHIFT) + RECORD_OFFSET;
    }

    /** A slot with the values of the ticket, running, nothing filled, everything displayed. */
    int add(OrderTicket ticket, long sequence, long time, long entry) {
        int order = takeSlot();
        int h = recordAt(order);
        hot[h + PRICE] = ticket.price;
        hot[h + SHOWN] = ticket.quantity;
        hot[h + CLIENT] = ticket.client;
        hot[h + LEVEL_FLAGS] = flags(ticket);
        hot[h + ID_HIGH] = ticket.idHigh;
        hot[h + ID_LOW] = ticket.idLow;
        hot[h + FILLED] = 0;
        int c = recordAt(order);
        cold[c + ENTRY] = entry;
        cold[c + SEQUENCE] = sequence;
        cold[c + ENTERED_AT] = time;
        cold[c + NOTIONAL_HIGH] = 0;
        cold[c + NOTIONAL_LOW] = 0;
        cold[c + CHANGE_SEQUENCE] = sequence;
        cold[c + CHANGED_AT] = time;
        if (!ticket.isPlain()) {
            int r = order << RARE_SHIFT;
            rare[r + DISPLAY] = ticket.displayQuantity;
            rare[r + STOP_PRICE] = ticket.stopPrice;
            rare[r + EXPIRE_AT] = ticket.expireAt;
            cold[c + HIDDEN] = 0;
        }
        clients[order] = ticket.client;
        return order;
    }

    private static int flags(OrderTicket ticket) {
        return ticket.side()
                | ticket.type() << TYPE_SHIFT
                | ticket.timeInForce() << TIF_SHIFT
                | (ticket.postOnly ? POST_ONLY_BIT : 0)
                | ticket.prevention() << PREVENTION_SHIFT
                | RUNNING << STATE_SHIFT
                | (ticket.displayQuantity == OrderTicket.NONE ? 0 : ICEBERG_BIT)
                | (ticket.canRest() ? CAN_REST_BIT : 0);
    }

    private int takeSlot() {
        int order = firstFree;
        if (order != NONE) {
            firstFree = next(order);
            return order;
        }
        if (highest == capacity) {
            grow();
        }
        return highest++;
    }

    private void grow() {
        capacity = Math.multiplyExact(capacity, 2);
        int words = Math.addExact(Math.multiplyExact(capacity, 1 << RECORD_SHIFT), RECORD_OFFSET);
        hot = Arrays.copyOf(hot, words);
        cold = Arrays.copyOf(cold, words);
        rare = Arrays.copyOf(rare, capacity << RARE_SHIFT);
        orderIds = Arrays.copyOf(orderIds, capacity);
        clients = Arrays.copyOf(clients, capacity);
    }

    void free(int order) {
        clients[order] = NONE;
        hot[recordAt(order) + LEVEL_FLAGS] = FREE;
        setLinks(order, NONE, firstFree);
        firstFree = order;
    }

    /** Slots from 0 up to this one may be live. */
    int highest() {
        return highest;
    }

    boolean hasId(int order, long idHigh, long idLow) {
        int h = recordAt(order);
        return hot[h + ID_LOW] == idLow && hot[h + ID_HIGH] == idHigh;
    }

    long idHigh(int order) {
        return hot[recordAt(order) + ID_HIGH];
    }

    long idLow(int order) {
        return hot[recordAt(order) + ID_LOW];
    }

    String orderId(int order) {
        @Nullable String orderId = orderIds[order];
        if (orderId == null) {
            throw new IllegalStateException("slot " + order + " was told no order id");
        }
        return orderId;
    }

    /** The book itself knows keys only; whoever speaks of orders by their ids tells them here. */
    void setOrderId(int order, String orderId) {
        orderIds[order] = orderId;
    }

    int client(int order) {
        return (int) hot[recordAt(order) + CLIENT];
    }

    /** Whether the slot holds a live order of this client: a short walk over all slots. */
    boolean isLiveOf(int order, int client) {
        return clients[order] == client;
    }

    int previous(int order) {
        return (int) (hot[recordAt(order)] >> 32);
    }

    int next(int order) {
        return (int) hot[recordAt(order)];
    }

    void setLinks(int order, int previous, int next) {
        hot[recordAt(order) + LINKS] = (long) previous << 32 | next & 0xffff_ffffL;
    }

    void setPrevious(int order, int previous) {
        setLinks(order, previous, next(order));
    }

    void setNext(int order, int next) {
        setLinks(order, previous(order), next);
    }

    long price(int order) {
        return hot[recordAt(order) + PRICE];
    }

    void setPrice(int order, long price) {
        hot[recordAt(order) + PRICE] = price;
    }

    /** Displayed lots; of an order that runs or waits all that is open. */
    long shown(int order) {
        return hot[recordAt(order) + SHOWN];
    }

    long hidden(int order) {
        return isIceberg(order) ? cold[recordAt(order) + HIDDEN] : 0;
    }

    void setOpen(int order, long shown, long hidden) {
        hot[recordAt(order) + SHOWN] = shown;
        if (isIceberg(order)) {
            cold[recordAt(order) + HIDDEN] = hidden;
        }
    }

    /** LeavesQty(151). */
    long leaves(int order) {
        return shown(order) + hidden(order);
    }

    /** CumQty(14). */
    long filled(int order) {
        return hot[recordAt(order) + FILLED];
    }

    /** OrderQty(38). */
    long quantity(int order) {
        return filled(order) + leaves(order);
    }

    /** Takes {@code quantity} out of the displayed lots as filled at {@code price} and adds it to the notional. */
    void fill(int order, long quantity, long price) {
        int h = recordAt(order);
        hot[h + SHOWN] -= quantity;
        hot[h + FILLED] += quantity;
        int c = recordAt(order);
        long before = cold[c + NOTIONAL_LOW];
        long low = before + price * quantity;
        cold[c + NOTIONAL_LOW] = low;
        cold[c + NOTIONAL_HIGH] += Math.multiplyHigh(price, quantity) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    int level(int order) {
        return (int) (hot[recordAt(order) + LEVEL_FLAGS] >> 32);
    }

    void setLevel(int order, int level) {
        int h = recordAt(order) + LEVEL_FLAGS;
        hot[h] = (long) level << 32 | hot[h] & 0xffff_ffffL;
    }

    private int flags(int order) {
        return (int) hot[recordAt(order) + LEVEL_FLAGS];
    }

    /** Flags use the lower 16 bits, so their sign never reaches the level above them. */
    private void setFlags(int order, int flags) {
        int h = recordAt(order) + LEVEL_FLAGS;
        hot[h] = hot[h] & 0xffff_ffff_0000_0000L | flags;
    }

    int state(int order) {
        return flags(order) >> STATE_SHIFT & STATE_MASK;
    }

    void setState(int order, int state) {
        setFlags(order, flags(order) & ~(STATE_MASK << STATE_SHIFT) | state << STATE_SHIFT);
    }

    boolean isBuy(int order) {
        return (flags(order) & SIDE_BIT) == 0;
    }

    /** The ordinal of the side: 0 buys, 1 sells. */
    int sideNumber(int order) {
        return flags(order) & SIDE_BIT;
    }

    Side side(int order) {
        return SIDES[flags(order) & SIDE_BIT];
    }

    OrderType type(int order) {
        return TYPES[flags(order) >> TYPE_SHIFT & TYPE_MASK];
    }

    TimeInForce timeInForce(int order) {
        return TIMES_IN_FORCE[flags(order) >> TIF_SHIFT & TIF_MASK];
    }

    boolean isGoodTillDate(int order) {
        return (flags(order) >> TIF_SHIFT & TIF_MASK) == GTD;
    }

    /** Whether a remainder rests: it has a price and time to wait. */
    boolean canRest(int order) {
        return (flags(order) & CAN_REST_BIT) != 0;
    }

    /** Whether the order can be found by its id; one that runs on entry cannot yet. */
    boolean isIndexed(int order) {
        return (flags(order) & INDEXED_BIT) != 0;
    }

    /** From here on the order rests or waits and can be found. */
    void settle(int order, int state) {
        setFlags(order, flags(order) & ~(STATE_MASK << STATE_SHIFT) | state << STATE_SHIFT | INDEXED_BIT);
    }

    boolean isPostOnly(int order) {
        return (flags(order) & POST_ONLY_BIT) != 0;
    }

    /** A stop that has started: it keeps its type and acts as a market or limit order. */
    boolean isTriggered(int order) {
        return (flags(order) & TRIGGERED_BIT) != 0;
    }

    void setTriggered(int order) {
        setFlags(order, flags(order) | TRIGGERED_BIT);
    }

    boolean isIceberg(int order) {
        return (flags(order) & ICEBERG_BIT) != 0;
    }

    boolean preventsSelfTrade(int order) {
        return (flags(order) & PREVENTION_MASK << PREVENTION_SHIFT) != 0;
    }

    @Nullable
    SelfTradePrevention selfTradePrevention(int order) {
        int mode = flags(order) >> PREVENTION_SHIFT & PREVENTION_MASK;
        return mode == 0 ? null : PREVENTIONS[mode - 1];
    }

    /** DisplayQty(1138), {@link OrderTicket#NONE} unless it is an iceberg. */
    long displayQuantity(int order) {
        return isIceberg(order) ? rare[(order << RARE_SHIFT) + DISPLAY] : OrderTicket.NONE;
    }

    void setDisplayQuantity(int order, long displayQuantity) {
        if (!isIceberg(order)) {
            setFlags(order, flags(order) | ICEBERG_BIT);
            cold[recordAt(order) + HIDDEN] = 0;
        }
        rare[(order << RARE_SHIFT) + DISPLAY] = displayQuantity;
    }

    /** How much of {@code leaves} the order displays with a full peak. */
    long peak(int order, long leaves) {
        return isIceberg(order) ? Math.min(displayQuantity(order), leaves) : leaves;
    }

    long stopPrice(int order) {
        return type(order).isStop() ? rare[(order << RARE_SHIFT) + STOP_PRICE] : OrderTicket.NONE;
    }

    void setStopPrice(int order, long stopPrice) {
        rare[(order << RARE_SHIFT) + STOP_PRICE] = stopPrice;
    }

    long expireAt(int order) {
        return isGoodTillDate(order) ? rare[(order << RARE_SHIFT) + EXPIRE_AT] : OrderTicket.NONE;
    }

    int expiryPlace(int order) {
        return (int) rare[(order << RARE_SHIFT) + EXPIRY_PLACE];
    }

    void setExpiryPlace(int order, int place) {
        rare[(order << RARE_SHIFT) + EXPIRY_PLACE] = place;
    }

    /** The time of entry as a rising number; what goes to the back gets a new one. */
    long entry(int order) {
        return cold[recordAt(order) + ENTRY];
    }

    void setEntry(int order, long entry) {
        cold[recordAt(order) + ENTRY] = entry;
    }

    /** Sequence of the NEW. */
    long sequence(int order) {
        return cold[recordAt(order) + SEQUENCE];
    }

    long enteredAt(int order) {
        return cold[recordAt(order) + ENTERED_AT];
    }

    long changeSequence(int order) {
        return cold[recordAt(order) + CHANGE_SEQUENCE];
    }

    long changedAt(int order) {
        return cold[recordAt(order) + CHANGED_AT];
    }

    void setChanged(int order, long sequence, long time) {
        cold[recordAt(order) + CHANGE_SEQUENCE] = sequence;
        cold[recordAt(order) + CHANGED_AT] = time;
    }

    long notionalHigh(int order) {
        return cold[recordAt(order) + NOTIONAL_HIGH];
    }

    long notionalLow(int order) {
        return cold[recordAt(order) + NOTIONAL_LOW];
    }

    /** Puts back what an order had been when its state was written. */
    void restoreFills(int order, long filled, long notionalHigh, long notionalLow) {
        hot[recordAt(order) + FILLED] = filled;
        cold[recordAt(order) + NOTIONAL_HIGH] = notionalHigh;
        cold[recordAt(order) + NOTIONAL_LOW] = notionalLow;
    }

    /** Whether the limit price binds: not for MARKET, nor for a STOP. */
    boolean hasPrice(int order) {
        return price(order) != MarketEvent.NO_PRICE;
    }
}
