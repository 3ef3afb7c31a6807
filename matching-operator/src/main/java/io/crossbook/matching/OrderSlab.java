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
 * <p>Layout: a hot record of 8 words a slot holds what matching touches, one cache line; a cold record of 12 words holds
 * the rest. Texts and clients stand in arrays of their own. Slots of ended orders form a list through their links, the
 * last one freed first, so that a busy book works in few cache lines.
 *
 * <pre>
 * hot:  0 previous | next in its queue     cold: 0 time of entry        6 time of last change
 *       1 price in ticks or NO_PRICE             1 sequence of its NEW  7 display quantity
 *       2 displayed lots                         2 time of its NEW      8 stop price or NO_PRICE
 *       3 client                                 3 notional, high word  9 expiry time
 *       4 level | flags                          4 notional, low word  10 place in the expiry heap
 *       5, 6 fingerprint of its id               5 sequence of last    11 hidden lots of an iceberg
 *       7 filled lots                              change
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

    private static final int HOT_SHIFT = 3;
    /** With the 16 bytes of an array's header this puts records on cache lines where the array starts on one. */
    private static final int HOT_OFFSET = 6;

    private static final int LINKS = 0;
    private static final int PRICE = 1;
    private static final int SHOWN = 2;
    private static final int CLIENT = 3;
    private static final int LEVEL_FLAGS = 4;
    private static final int ID_HIGH = 5;
    private static final int ID_LOW = 6;
    private static final int FILLED = 7;

    private static final int COLD_WORDS = 12;
    private static final int ENTRY = 0;
    private static final int SEQUENCE = 1;
    private static final int ENTERED_AT = 2;
    private static final int NOTIONAL_HIGH = 3;
    private static final int NOTIONAL_LOW = 4;
    private static final int CHANGE_SEQUENCE = 5;
    private static final int CHANGED_AT = 6;
    private static final int DISPLAY = 7;
    private static final int STOP_PRICE = 8;
    private static final int EXPIRE_AT = 9;
    private static final int EXPIRY_PLACE = 10;
    private static final int HIDDEN = 11;

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

    private long[] hot = new long[hotAt(SMALLEST_CAPACITY)];
    private long[] cold = new long[SMALLEST_CAPACITY * COLD_WORDS];
    private @Nullable String[] orderIds = new String[SMALLEST_CAPACITY];
    private int[] clients = new int[SMALLEST_CAPACITY];
    private int capacity = SMALLEST_CAPACITY;
    private int firstFree = NONE;
    private int highest;

    private static int hotAt(int order) {
        return (order << HOT_SHIFT) + HOT_OFFSET;
    }

    /** A slot with the values of the ticket, running, nothing filled, everything displayed. */
    int add(OrderTicket ticket, long sequence, long time, long entry) {
        int order = takeSlot();
        int h = hotAt(order);
        hot[h + PRICE] = ticket.price;
        hot[h + SHOWN] = ticket.quantity;
        hot[h + CLIENT] = ticket.client;
        hot[h + LEVEL_FLAGS] = flags(ticket);
        hot[h + ID_HIGH] = ticket.idHigh;
        hot[h + ID_LOW] = ticket.idLow;
        hot[h + FILLED] = 0;
        int c = order * COLD_WORDS;
        cold[c + ENTRY] = entry;
        cold[c + SEQUENCE] = sequence;
        cold[c + ENTERED_AT] = time;
        cold[c + NOTIONAL_HIGH] = 0;
        cold[c + NOTIONAL_LOW] = 0;
        cold[c + CHANGE_SEQUENCE] = sequence;
        cold[c + CHANGED_AT] = time;
        if (!ticket.isPlain()) {
            cold[c + DISPLAY] = ticket.displayQuantity;
            cold[c + STOP_PRICE] = ticket.stopPrice;
            cold[c + EXPIRE_AT] = ticket.expireAt;
            cold[c + HIDDEN] = 0;
        }
        orderIds[order] = ticket.orderId;
        clients[order] = ticket.client;
        return order;
    }

    private static int flags(OrderTicket ticket) {
        return ticket.side.ordinal()
                | ticket.type.ordinal() << TYPE_SHIFT
                | ticket.timeInForce.ordinal() << TIF_SHIFT
                | (ticket.postOnly ? POST_ONLY_BIT : 0)
                | (ticket.selfTradePrevention == null ? 0 : ticket.selfTradePrevention.ordinal() + 1)
                        << PREVENTION_SHIFT
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
        hot = Arrays.copyOf(hot, Math.addExact(Math.multiplyExact(capacity, 1 << HOT_SHIFT), HOT_OFFSET));
        cold = Arrays.copyOf(cold, Math.multiplyExact(capacity, COLD_WORDS));
        orderIds = Arrays.copyOf(orderIds, capacity);
        clients = Arrays.copyOf(clients, capacity);
    }

    void free(int order) {
        clients[order] = NONE;
        hot[hotAt(order) + LEVEL_FLAGS] = FREE;
        setLinks(order, NONE, firstFree);
        firstFree = order;
    }

    /** Slots from 0 up to this one may be live. */
    int highest() {
        return highest;
    }

    boolean hasId(int order, long idHigh, long idLow) {
        int h = hotAt(order);
        return hot[h + ID_LOW] == idLow && hot[h + ID_HIGH] == idHigh;
    }

    long idHigh(int order) {
        return hot[hotAt(order) + ID_HIGH];
    }

    long idLow(int order) {
        return hot[hotAt(order) + ID_LOW];
    }

    String orderId(int order) {
        @Nullable String orderId = orderIds[order];
        if (orderId == null) {
            throw new IllegalStateException("slot " + order + " holds no order");
        }
        return orderId;
    }

    int client(int order) {
        return (int) hot[hotAt(order) + CLIENT];
    }

    /** Whether the slot holds a live order of this client: a short walk over all slots. */
    boolean isLiveOf(int order, int client) {
        return clients[order] == client;
    }

    int previous(int order) {
        return (int) (hot[hotAt(order)] >> 32);
    }

    int next(int order) {
        return (int) hot[hotAt(order)];
    }

    void setLinks(int order, int previous, int next) {
        hot[hotAt(order) + LINKS] = (long) previous << 32 | next & 0xffff_ffffL;
    }

    void setPrevious(int order, int previous) {
        setLinks(order, previous, next(order));
    }

    void setNext(int order, int next) {
        setLinks(order, previous(order), next);
    }

    long price(int order) {
        return hot[hotAt(order) + PRICE];
    }

    void setPrice(int order, long price) {
        hot[hotAt(order) + PRICE] = price;
    }

    /** Displayed lots; of an order that runs or waits all that is open. */
    long shown(int order) {
        return hot[hotAt(order) + SHOWN];
    }

    long hidden(int order) {
        return isIceberg(order) ? cold[order * COLD_WORDS + HIDDEN] : 0;
    }

    void setOpen(int order, long shown, long hidden) {
        hot[hotAt(order) + SHOWN] = shown;
        if (isIceberg(order)) {
            cold[order * COLD_WORDS + HIDDEN] = hidden;
        }
    }

    /** LeavesQty(151). */
    long leaves(int order) {
        return shown(order) + hidden(order);
    }

    /** CumQty(14). */
    long filled(int order) {
        return hot[hotAt(order) + FILLED];
    }

    /** OrderQty(38). */
    long quantity(int order) {
        return filled(order) + leaves(order);
    }

    /** Takes {@code quantity} out of the displayed lots as filled at {@code price} and adds it to the notional. */
    void fill(int order, long quantity, long price) {
        int h = hotAt(order);
        hot[h + SHOWN] -= quantity;
        hot[h + FILLED] += quantity;
        int c = order * COLD_WORDS;
        long before = cold[c + NOTIONAL_LOW];
        long low = before + price * quantity;
        cold[c + NOTIONAL_LOW] = low;
        cold[c + NOTIONAL_HIGH] += Math.multiplyHigh(price, quantity) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    int level(int order) {
        return (int) (hot[hotAt(order) + LEVEL_FLAGS] >> 32);
    }

    void setLevel(int order, int level) {
        int h = hotAt(order) + LEVEL_FLAGS;
        hot[h] = (long) level << 32 | hot[h] & 0xffff_ffffL;
    }

    private int flags(int order) {
        return (int) hot[hotAt(order) + LEVEL_FLAGS];
    }

    /** Flags use the lower 16 bits, so their sign never reaches the level above them. */
    private void setFlags(int order, int flags) {
        int h = hotAt(order) + LEVEL_FLAGS;
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
        return isIceberg(order) ? cold[order * COLD_WORDS + DISPLAY] : OrderTicket.NONE;
    }

    void setDisplayQuantity(int order, long displayQuantity) {
        if (!isIceberg(order)) {
            setFlags(order, flags(order) | ICEBERG_BIT);
            cold[order * COLD_WORDS + HIDDEN] = 0;
        }
        cold[order * COLD_WORDS + DISPLAY] = displayQuantity;
    }

    /** How much of {@code leaves} the order displays with a full peak. */
    long peak(int order, long leaves) {
        return isIceberg(order) ? Math.min(displayQuantity(order), leaves) : leaves;
    }

    long stopPrice(int order) {
        return type(order).isStop() ? cold[order * COLD_WORDS + STOP_PRICE] : OrderTicket.NONE;
    }

    void setStopPrice(int order, long stopPrice) {
        cold[order * COLD_WORDS + STOP_PRICE] = stopPrice;
    }

    long expireAt(int order) {
        return isGoodTillDate(order) ? cold[order * COLD_WORDS + EXPIRE_AT] : OrderTicket.NONE;
    }

    int expiryPlace(int order) {
        return (int) cold[order * COLD_WORDS + EXPIRY_PLACE];
    }

    void setExpiryPlace(int order, int place) {
        cold[order * COLD_WORDS + EXPIRY_PLACE] = place;
    }

    /** The time of entry as a rising number; what goes to the back gets a new one. */
    long entry(int order) {
        return cold[order * COLD_WORDS + ENTRY];
    }

    void setEntry(int order, long entry) {
        cold[order * COLD_WORDS + ENTRY] = entry;
    }

    /** Sequence of the NEW. */
    long sequence(int order) {
        return cold[order * COLD_WORDS + SEQUENCE];
    }

    long enteredAt(int order) {
        return cold[order * COLD_WORDS + ENTERED_AT];
    }

    long changeSequence(int order) {
        return cold[order * COLD_WORDS + CHANGE_SEQUENCE];
    }

    long changedAt(int order) {
        return cold[order * COLD_WORDS + CHANGED_AT];
    }

    void setChanged(int order, long sequence, long time) {
        cold[order * COLD_WORDS + CHANGE_SEQUENCE] = sequence;
        cold[order * COLD_WORDS + CHANGED_AT] = time;
    }

    long notionalHigh(int order) {
        return cold[order * COLD_WORDS + NOTIONAL_HIGH];
    }

    long notionalLow(int order) {
        return cold[order * COLD_WORDS + NOTIONAL_LOW];
    }

    /** Puts back what an order had been when its state was written. */
    void restoreFills(int order, long filled, long notionalHigh, long notionalLow) {
        hot[hotAt(order) + FILLED] = filled;
        cold[order * COLD_WORDS + NOTIONAL_HIGH] = notionalHigh;
        cold[order * COLD_WORDS + NOTIONAL_LOW] = notionalLow;
    }

    /** Whether the limit price binds: not for MARKET, nor for a STOP. */
    boolean hasPrice(int order) {
        return price(order) != MarketEvent.NO_PRICE;
    }
}
