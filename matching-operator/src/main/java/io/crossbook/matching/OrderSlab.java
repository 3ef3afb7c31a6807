package io.crossbook.matching;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.OrderWords;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All live orders of a book. An order is a slot: a number that is free again once the order has ended.
 *
 * <p>Layout: a record of 16 words a slot, two cache lines beside each other: the first holds what matching touches, the
 * second what every order has besides; a rare record of 4 words holds what few have. The texts of order ids stand in an
 * array of their own. Slots of ended orders form a list through their links, the last one freed first, so that a busy
 * book works in few cache lines.
 *
 * <pre>
 * 0 previous | next in its queue         8 time of entry              rare: 0 display quantity
 * 1 price in ticks or NO_PRICE           9 sequence of its NEW              1 stop price or NO_PRICE
 * 2 displayed lots                      10 time of its NEW                  2 expiry time
 * 3 client | next in the index          11 notional, high word              3 place in the expiry heap
 * 4 level | flags                       12 notional, low word
 * 5, 6 key of its id                    13 sequence of last change
 * 7 filled lots                         14 time of last change
 *                                       15 hidden lots of an iceberg
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
    private static final int CLIENT_CHAIN = 3;
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

    private static final int UPPER_SHIFT = Integer.SIZE;
    private static final long LOWER_HALF = 0xffff_ffffL;
    private static final long UPPER_HALF = ~LOWER_HALF;

    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();

    private static final int SMALLEST_CAPACITY = 32;

    private long[] records = new long[recordAt(SMALLEST_CAPACITY)];
    private long[] cold = new long[recordAt(SMALLEST_CAPACITY)];
    private long[] links = new long[SMALLEST_CAPACITY];
    private long[] rare = new long[SMALLEST_CAPACITY << RARE_SHIFT];
    /** Texts of the ids that are not serial: their length, then their bytes. Used again with the slot. */
    private byte[] @Nullable [] texts = {};

    private int capacity = SMALLEST_CAPACITY;
    private int firstFree = NONE;
    private int highest;

    private static int recordAt(int order) {
        return (order << RECORD_SHIFT) + RECORD_OFFSET;
    }

    /** A slot with the values of the ticket, running, nothing filled, everything displayed. */
    int add(OrderTicket ticket, long sequence, long time, long entry) {
        int order = take();
        int flags = ticket.flags() | RUNNING << OrderFlags.STATE_SHIFT;
        set(order, ticket, ticket.isPlain() ? flags : flags | addRare(ticket, order), 0, sequence, time, entry);
        return order;
    }

    /** Gives a slot just taken the values of a plain ticket that rests at a level of its side, and can be found. */
    void setResting(int order, OrderTicket ticket, int level, int chained, long sequence, long time, long entry) {
        int flags = ticket.flags() | RESTING << OrderFlags.STATE_SHIFT | OrderFlags.INDEXED_BIT;
        set(order, ticket, (long) level << UPPER_SHIFT | flags, chained, sequence, time, entry);
    }

    private void set(
            int order, OrderTicket ticket, long levelFlags, int chained, long sequence, long time, long entry) {
        int at = recordAt(order);
        records[at + PRICE] = ticket.price;
        records[at + SHOWN] = ticket.quantity;
        records[at + CLIENT_CHAIN] = (long) ticket.client << UPPER_SHIFT | chained & LOWER_HALF;
        records[at + LEVEL_FLAGS] = levelFlags;
        records[at + ID_HIGH] = ticket.idHigh;
        records[at + ID_LOW] = ticket.idLow;
        records[at + FILLED] = 0;
        cold[at + ENTRY] = entry;
        cold[at + SEQUENCE] = sequence;
        cold[at + ENTERED_AT] = time;
        cold[at + NOTIONAL_HIGH] = 0;
        cold[at + NOTIONAL_LOW] = 0;
        cold[at + CHANGE_SEQUENCE] = sequence;
        cold[at + CHANGED_AT] = time;
    }

    private int addRare(OrderTicket ticket, int order) {
        int r = order << RARE_SHIFT;
        rare[r + DISPLAY] = ticket.displayQuantity;
        rare[r + STOP_PRICE] = ticket.stopPrice;
        rare[r + EXPIRE_AT] = ticket.expireAt;
        cold[recordAt(order) + HIDDEN] = 0;
        return ticket.displayQuantity == OrderTicket.NONE ? 0 : OrderFlags.ICEBERG_BIT;
    }

    /** A free slot. */
    int take() {
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
        records = Arrays.copyOf(records, words);
        cold = Arrays.copyOf(cold, words);
        links = Arrays.copyOf(links, capacity);
        rare = Arrays.copyOf(rare, capacity << RARE_SHIFT);
    }

    void free(int order) {
        int at = recordAt(order);
        records[at + LEVEL_FLAGS] = FREE;
        links[order] = firstFree & LOWER_HALF;
        firstFree = order;
    }

    /** Slots from 0 up to this one may be live. */
    int highest() {
        return highest;
    }

    boolean hasId(int order, long idHigh, long idLow) {
        int at = recordAt(order);
        return records[at + ID_LOW] == idLow && records[at + ID_HIGH] == idHigh;
    }

    long idHigh(int order) {
        return records[recordAt(order) + ID_HIGH];
    }

    long idLow(int order) {
        return records[recordAt(order) + ID_LOW];
    }

    /** Fills a place with the id of an order. */
    void copyId(int order, OrderId into) {
        if ((flags(order) & OrderFlags.TEXT_BIT) == 0) {
            into.setSerial(idHigh(order), idLow(order));
        } else {
            byte[] text = texts[order];
            into.setText(idHigh(order), idLow(order), text, 1, text[0]);
        }
    }

    /** The id of an order as text, in a place of its own. */
    OrderId orderId(int order) {
        OrderId id = new OrderId();
        copyId(order, id);
        return id;
    }

    /** The book itself knows the words of ids only; whoever speaks of orders by their ids tells the text here. */
    void keepText(int order, OrderId id) {
        if (id.isSerial()) {
            return;
        }
        if (texts.length < capacity) {
            texts = Arrays.copyOf(texts, capacity);
        }
        int length = id.textLength();
        byte[] text = texts[order];
        if (text == null || text.length <= length) {
            text = new byte[length + 1];
            texts[order] = text;
        }
        text[0] = (byte) length;
        System.arraycopy(id.text(), 0, text, 1, length);
        setFlags(order, flags(order) | OrderFlags.TEXT_BIT);
    }

    int client(int order) {
        return (int) (records[recordAt(order) + CLIENT_CHAIN] >> UPPER_SHIFT);
    }

    /** Whether the slot holds a live order of this client. */
    boolean isLiveOf(int order, int client) {
        return client(order) == client && state(order) != FREE;
    }

    /** The next order that shares its place in the {@link IdIndex}, or {@link #NONE}. */
    int chained(int order) {
        return (int) records[recordAt(order) + CLIENT_CHAIN];
    }

    void setChained(int order, int next) {
        int at = recordAt(order) + CLIENT_CHAIN;
        records[at] = records[at] & UPPER_HALF | next & LOWER_HALF;
    }

    int previous(int order) {
        return (int) (links[order] >> UPPER_SHIFT);
    }

    int next(int order) {
        return (int) links[order];
    }

    void setLinks(int order, int previous, int next) {
        links[order] = (long) previous << UPPER_SHIFT | next & LOWER_HALF;
    }

    void setPrevious(int order, int previous) {
        setLinks(order, previous, next(order));
    }

    void setNext(int order, int next) {
        setLinks(order, previous(order), next);
    }

    long price(int order) {
        return records[recordAt(order) + PRICE];
    }

    void setPrice(int order, long price) {
        records[recordAt(order) + PRICE] = price;
    }

    /** Displayed lots; of an order that runs or waits all that is open. */
    long shown(int order) {
        return records[recordAt(order) + SHOWN];
    }

    long hidden(int order) {
        return isIceberg(order) ? cold[recordAt(order) + HIDDEN] : 0;
    }

    void setOpen(int order, long shown, long hidden) {
        records[recordAt(order) + SHOWN] = shown;
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
        return records[recordAt(order) + FILLED];
    }

    /** OrderQty(38). */
    long quantity(int order) {
        return filled(order) + leaves(order);
    }

    /** Takes {@code quantity} out of the displayed lots as filled at {@code price} and adds it to the notional. */
    void fill(int order, long quantity, long price) {
        int at = recordAt(order);
        records[at + SHOWN] -= quantity;
        records[at + FILLED] += quantity;
        long before = cold[at + NOTIONAL_LOW];
        long low = before + price * quantity;
        cold[at + NOTIONAL_LOW] = low;
        cold[at + NOTIONAL_HIGH] +=
                Math.multiplyHigh(price, quantity) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    int level(int order) {
        return (int) (records[recordAt(order) + LEVEL_FLAGS] >> UPPER_SHIFT);
    }

    void setLevel(int order, int level) {
        int at = recordAt(order) + LEVEL_FLAGS;
        records[at] = (long) level << UPPER_SHIFT | records[at] & LOWER_HALF;
    }

    /** Gives a plain resting order another level, price and time of entry, and what it has open. */
    void move(int order, int level, long price, long leaves, long entry) {
        setLevel(order, level);
        setPrice(order, price);
        records[recordAt(order) + SHOWN] = leaves;
        setEntry(order, entry);
    }

    private int flags(int order) {
        return (int) records[recordAt(order) + LEVEL_FLAGS];
    }

    /** Flags use the lower 16 bits, so their sign never reaches the level above them. */
    private void setFlags(int order, int flags) {
        int at = recordAt(order) + LEVEL_FLAGS;
        records[at] = records[at] & UPPER_HALF | flags;
    }

    int state(int order) {
        return flags(order) >> OrderFlags.STATE_SHIFT & OrderFlags.STATE_MASK;
    }

    void setState(int order, int state) {
        setFlags(
                order,
                flags(order) & ~(OrderFlags.STATE_MASK << OrderFlags.STATE_SHIFT) | state << OrderFlags.STATE_SHIFT);
    }

    boolean isBuy(int order) {
        return (flags(order) & OrderWords.SIDE_BIT) == 0;
    }

    /** The ordinal of the side: 0 buys, 1 sells. */
    int sideNumber(int order) {
        return flags(order) & OrderWords.SIDE_BIT;
    }

    Side side(int order) {
        return SIDES[flags(order) & OrderWords.SIDE_BIT];
    }

    OrderType type(int order) {
        return TYPES[OrderFlags.type(flags(order))];
    }

    TimeInForce timeInForce(int order) {
        return TIMES_IN_FORCE[OrderFlags.timeInForce(flags(order))];
    }

    boolean isGoodTillDate(int order) {
        return OrderFlags.isGoodTillDate(flags(order));
    }

    /** Whether a remainder rests: it has a price and time to wait. */
    boolean canRest(int order) {
        return OrderFlags.canRest(flags(order));
    }

    /** Whether the order can be found by its id; one that runs on entry cannot yet. */
    boolean isIndexed(int order) {
        return (flags(order) & OrderFlags.INDEXED_BIT) != 0;
    }

    /** From here on the order rests or waits and can be found. */
    void settle(int order, int state) {
        setFlags(
                order,
                flags(order) & ~(OrderFlags.STATE_MASK << OrderFlags.STATE_SHIFT)
                        | state << OrderFlags.STATE_SHIFT
                        | OrderFlags.INDEXED_BIT);
    }

    boolean isPostOnly(int order) {
        return (flags(order) & OrderWords.POST_ONLY_BIT) != 0;
    }

    /** A stop that has started: it keeps its type and acts as a market or limit order. */
    boolean isTriggered(int order) {
        return (flags(order) & OrderFlags.TRIGGERED_BIT) != 0;
    }

    void setTriggered(int order) {
        setFlags(order, flags(order) | OrderFlags.TRIGGERED_BIT);
    }

    boolean isIceberg(int order) {
        return (flags(order) & OrderFlags.ICEBERG_BIT) != 0;
    }

    boolean preventsSelfTrade(int order) {
        return (flags(order) & OrderWords.PREVENTION_MASK << OrderWords.PREVENTION_SHIFT) != 0;
    }

    @Nullable
    SelfTradePrevention selfTradePrevention(int order) {
        int mode = flags(order) >> OrderWords.PREVENTION_SHIFT & OrderWords.PREVENTION_MASK;
        return mode == 0 ? null : PREVENTIONS[mode - 1];
    }

    /** DisplayQty(1138), {@link OrderTicket#NONE} unless it is an iceberg. */
    long displayQuantity(int order) {
        return isIceberg(order) ? rare[(order << RARE_SHIFT) + DISPLAY] : OrderTicket.NONE;
    }

    void setDisplayQuantity(int order, long displayQuantity) {
        if (!isIceberg(order)) {
            setFlags(order, flags(order) | OrderFlags.ICEBERG_BIT);
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
        records[recordAt(order) + FILLED] = filled;
        cold[recordAt(order) + NOTIONAL_HIGH] = notionalHigh;
        cold[recordAt(order) + NOTIONAL_LOW] = notionalLow;
    }

    /** Whether the limit price binds: not for MARKET, nor for a STOP. */
    boolean hasPrice(int order) {
        return price(order) != MarketEvent.NO_PRICE;
    }
}
