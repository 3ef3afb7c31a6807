package io.crossbook.matching;

import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The price levels of one side and their queues: of resting orders by limit price, or of waiting stops by stop price.
 *
 * <p>Layout: {@code keys} is sorted and its last entry is the best price, since most changes happen there and then move
 * nothing; a key is the price, negated where lower is better, so that a higher key is always better. Beside it stands
 * the number of the level, whose record of 4 words holds head and tail of its queue, displayed lots, the number of
 * orders, and its key; hidden lots, which few levels have, stand apart. An order knows its level's number, so leaving a
 * queue needs no search. Numbers of empty levels are used again, the last one freed first.
 *
 * <p>Joining a queue needs a search only if {@code hints} fails: a direct-mapped table from the key to a level number,
 * which is right if that level has orders and this key.
 *
 * <p>Sums cannot wrap: the book refuses orders beyond 63 bits of open lots a side.
 */
final class PriceLevels {
    /** The best key of an empty side: below that of any price. */
    static final long NO_KEY = Long.MIN_VALUE;

    private static final int LEVEL_SHIFT = 2;
    private static final int QUEUE = 0;
    private static final int SHOWN = 1;
    private static final int COUNT = 2;
    private static final int KEY = 3;
    private static final int SMALLEST_CAPACITY = 16;
    private static final int HINTS_PER_LEVEL = 4;
    /** 2^64 divided by the golden ratio: spreads keys that share their low bits. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final OrderSlab orders;
    private final Side side;
    /** 1 where a higher price is better, −1 where a lower one is: a factor costs less than a guessed branch. */
    private final int direction;

    private final @Nullable LevelChanges changes;

    private long[] keys = new long[SMALLEST_CAPACITY];
    private int[] numbers = new int[SMALLEST_CAPACITY];
    private int size;
    /** The last of the keys, so that most orders look no further to see that they do not trade. */
    private long bestKey = NO_KEY;

    /**
     * No fewer lots than the live orders of this side have open, waiting stops included. What leaves the book is not
     * taken off: counting anew when the room seems to run out is cheaper than keeping count with every command.
     */
    private long mostLots;

    private long[] levels = new long[SMALLEST_CAPACITY << LEVEL_SHIFT];
    private long[] hiddenLots = new long[SMALLEST_CAPACITY];
    private int[] hints = new int[SMALLEST_CAPACITY * HINTS_PER_LEVEL];
    private int hintShift = Long.SIZE - Integer.numberOfTrailingZeros(SMALLEST_CAPACITY * HINTS_PER_LEVEL);
    private int highestNumber;
    private int firstFree = OrderSlab.NONE;

    /** @param changes told of each level before it changes, or {@code null} */
    PriceLevels(OrderSlab orders, Side side, boolean higherIsBetter, @Nullable LevelChanges changes) {
        this.orders = orders;
        this.side = side;
        this.direction = higherIsBetter ? 1 : -1;
        this.changes = changes;
    }

    Side side() {
        return side;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Number of levels; positions run from 0, the worst, to {@code size() - 1}, the best. */
    int size() {
        return size;
    }

    /** A price as a number that is higher when the price is better. */
    long key(long price) {
        return direction * price;
    }

    /** Key of the best price, {@link #NO_KEY} if no order rests. */
    long bestKey() {
        return bestKey;
    }

    long bestPrice() {
        return key(bestKey());
    }

    /** The order first in line at the best price. */
    int front() {
        return head(numbers[size - 1]);
    }

    long priceAt(int position) {
        return key(keys[position]);
    }

    long keyAt(int position) {
        return keys[position];
    }

    int levelAt(int position) {
        return numbers[position];
    }

    int head(int level) {
        return (int) (levels[level << LEVEL_SHIFT] >> 32);
    }

    int tail(int level) {
        return (int) levels[level << LEVEL_SHIFT];
    }

    long shown(int level) {
        return levels[(level << LEVEL_SHIFT) + SHOWN];
    }

    long hidden(int level) {
        return hiddenLots[level];
    }

    /** Displayed and hidden lots. */
    long open(int level) {
        return shown(level) + hidden(level);
    }

    int count(int level) {
        return (int) levels[(level << LEVEL_SHIFT) + COUNT];
    }

    /** Position of a price, or a negative number if no order has it. */
    int positionOf(long price) {
        long key = key(price);
        int position = lowerBound(key);
        return position < size && keys[position] == key ? position : OrderSlab.NONE;
    }

    /** Puts an order with these lots at the back of the queue of a level, which it knows as its own. */
    void append(int order, int level, long shown, long hidden) {
        tellChange(level);
        int tail = tail(level);
        orders.setLinks(order, tail, OrderSlab.NONE);
        if (tail == OrderSlab.NONE) {
            setQueue(level, order, order);
        } else {
            orders.setNext(tail, order);
            setTail(level, order);
        }
        join(level, shown, hidden);
    }

    /** Puts an order into the queue of a price behind those with an earlier time of entry. */
    void insertByEntry(int order, long price) {
        int level = levelFor(key(price));
        orders.setLevel(order, level);
        tellChange(level);
        int before = tail(level);
        while (before != OrderSlab.NONE && orders.entry(before) > orders.entry(order)) {
            before = orders.previous(before);
        }
        int after = before == OrderSlab.NONE ? head(level) : orders.next(before);
        orders.setLinks(order, before, after);
        link(level, before, order);
        linkBack(level, after, order);
        join(level, orders.shown(order), orders.hidden(order));
    }

    private void join(int level, long shown, long hidden) {
        int l = level << LEVEL_SHIFT;
        levels[l + SHOWN] += shown;
        if (hidden != 0) {
            hiddenLots[level] += hidden;
        }
        levels[l + COUNT]++;
    }

    /** Takes an order out of its queue; a level without orders is gone. */
    void remove(int order) {
        int level = orders.level(order);
        tellChange(level);
        int l = level << LEVEL_SHIFT;
        if (--levels[l + COUNT] == 0) {
            removeLevel(level);
            return;
        }
        levels[l + SHOWN] -= orders.shown(order);
        if (orders.isIceberg(order)) {
            hiddenLots[level] -= orders.hidden(order);
        }
        unlink(order, level);
    }

    /** Takes out the order first in line at the best price, of which nothing is left. */
    void removeFront(int order) {
        int level = orders.level(order);
        int next = orders.next(order);
        if (next == OrderSlab.NONE) {
            size--;
            noteBest();
            freeNumber(level);
        } else {
            levels[(level << LEVEL_SHIFT) + COUNT]--;
            setQueue(level, next, tail(level));
            orders.setPrevious(next, OrderSlab.NONE);
        }
    }

    private void unlink(int order, int level) {
        int previous = orders.previous(order);
        int next = orders.next(order);
        link(level, previous, next);
        linkBack(level, next, previous);
    }

    private void link(int level, int before, int order) {
        if (before == OrderSlab.NONE) {
            setQueue(level, order, tail(level));
        } else {
            orders.setNext(before, order);
        }
    }

    private void linkBack(int level, int after, int order) {
        if (after == OrderSlab.NONE) {
            setTail(level, order);
        } else {
            orders.setPrevious(after, order);
        }
    }

    private void setQueue(int level, int head, int tail) {
        levels[level << LEVEL_SHIFT] = (long) head << 32 | tail & 0xffff_ffffL;
    }

    private void setTail(int level, int tail) {
        setQueue(level, head(level), tail);
    }

    /** Fills {@code quantity} of the displayed lots of an order at {@code tradePrice}. */
    void fill(int order, long quantity, long tradePrice) {
        int level = orders.level(order);
        tellChange(level);
        levels[(level << LEVEL_SHIFT) + SHOWN] -= quantity;
        orders.fill(order, quantity, tradePrice);
    }

    /** Sets what an order displays and hides; its place stays. */
    void setOpen(int order, long shown, long hidden) {
        int level = orders.level(order);
        tellChange(level);
        int l = level << LEVEL_SHIFT;
        levels[l + SHOWN] += shown - orders.shown(order);
        hiddenLots[level] += hidden - orders.hidden(order);
        orders.setOpen(order, shown, hidden);
    }

    /** Moves an order to the back of its own queue. */
    void requeue(int order) {
        int level = orders.level(order);
        int tail = tail(level);
        if (tail == order) {
            return;
        }
        unlink(order, level);
        orders.setLinks(order, tail, OrderSlab.NONE);
        orders.setNext(tail, order);
        setTail(level, order);
    }

    BookLevel bookLevel(int position) {
        int level = numbers[position];
        return new BookLevel(side, priceAt(position), shown(level), hidden(level), count(level));
    }

    /** The number of the level with this key, made if need be; an order must join it at once. */
    int levelFor(long key) {
        int hint = (int) (key * SPREAD >>> hintShift);
        int level = hints[hint];
        int l = level << LEVEL_SHIFT;
        if (levels[l + KEY] == key && levels[l + COUNT] > 0) {
            return level;
        }
        level = findOrInsert(key);
        // Inserting may have made the table of hints larger.
        hints[(int) (key * SPREAD >>> hintShift)] = level;
        return level;
    }

    private int findOrInsert(long key) {
        int position = lowerBound(key);
        return position < size && keys[position] == key ? numbers[position] : insertLevel(position, key);
    }

    /**
     * The first position whose key is at or above {@code key}. The halving has no branch on what it reads: which way it
     * goes is chance, and a wrong guess of the processor costs more than the whole search. Differences of keys fit 63
     * bits, so their sign is the comparison.
     */
    private int lowerBound(long key) {
        if (bestKey < key) {
            return size;
        }
        int position = 0;
        for (int left = size; left > 1; ) {
            int half = left >>> 1;
            position += (int) (keys[position + half - 1] - key >> 63) & half;
            left -= half;
        }
        return position;
    }

    private int insertLevel(int position, long key) {
        if (size == keys.length) {
            growPositions();
        }
        int moved = size - position;
        if (moved > 0) {
            System.arraycopy(keys, position, keys, position + 1, moved);
            System.arraycopy(numbers, position, numbers, position + 1, moved);
        }
        int level = takeNumber();
        keys[position] = key;
        numbers[position] = level;
        size++;
        bestKey = keys[size - 1];
        setQueue(level, OrderSlab.NONE, OrderSlab.NONE);
        int l = level << LEVEL_SHIFT;
        levels[l + SHOWN] = 0;
        levels[l + COUNT] = 0;
        levels[l + KEY] = key;
        hiddenLots[level] = 0;
        return level;
    }

    private void growPositions() {
        keys = Arrays.copyOf(keys, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
        hints = new int[2 * hints.length];
        hintShift--;
    }

    private int takeNumber() {
        int level = firstFree;
        if (level != OrderSlab.NONE) {
            firstFree = tail(level);
            return level;
        }
        if (highestNumber << LEVEL_SHIFT == levels.length) {
            levels = Arrays.copyOf(levels, Math.multiplyExact(levels.length, 2));
            hiddenLots = Arrays.copyOf(hiddenLots, 2 * highestNumber);
        }
        return highestNumber++;
    }

    private void removeLevel(int level) {
        int position = numbers[size - 1] == level ? size - 1 : lowerBound(levels[(level << LEVEL_SHIFT) + KEY]);
        int moved = --size - position;
        if (moved > 0) {
            System.arraycopy(keys, position + 1, keys, position, moved);
            System.arraycopy(numbers, position + 1, numbers, position, moved);
        }
        noteBest();
        freeNumber(level);
    }

    private void noteBest() {
        bestKey = size == 0 ? NO_KEY : keys[size - 1];
    }

    private void freeNumber(int level) {
        levels[(level << LEVEL_SHIFT) + COUNT] = 0;
        setQueue(level, OrderSlab.NONE, firstFree);
        firstFree = level;
    }

    long mostLots() {
        return mostLots;
    }

    void setMostLots(long lots) {
        mostLots = lots;
    }

    void addLots(long lots) {
        mostLots += lots;
    }

    /** Displayed and hidden lots of all levels. */
    long lots() {
        long lots = 0;
        for (int position = 0; position < size; position++) {
            lots += open(numbers[position]);
        }
        return lots;
    }

    private void tellChange(int level) {
        if (changes != null) {
            long price = key(levels[(level << LEVEL_SHIFT) + KEY]);
            changes.before(side, price, shown(level), hidden(level), count(level));
        }
    }

    /** Orders out of place: links, sums, counts or prices that do not agree. Zero unless the book is broken. */
    long faults(int expectedState) {
        long faults = 0;
        for (int position = 0; position < size; position++) {
            if (position > 0 && keys[position - 1] >= keys[position]) {
                faults++;
            }
            faults += queueFaults(numbers[position], expectedState);
        }
        return faults;
    }

    private long queueFaults(int level, int expectedState) {
        long faults = 0;
        long shown = 0;
        long hidden = 0;
        int count = 0;
        int previous = OrderSlab.NONE;
        for (int order = head(level); order != OrderSlab.NONE && count <= count(level); order = orders.next(order)) {
            if (orders.previous(order) != previous
                    || orders.level(order) != level
                    || orders.state(order) != expectedState
                    || orders.shown(order) <= 0) {
                faults++;
            }
            shown += orders.shown(order);
            hidden += orders.hidden(order);
            count++;
            previous = order;
        }
        boolean sumsAgree = shown == shown(level) && hidden == hidden(level) && count == count(level);
        return faults + (sumsAgree && previous == tail(level) ? 0 : 1);
    }
}
