package io.crossbook.cli.generate;

import java.util.Arrays;

/**
 * The generator's own book of one instrument: price-time priority, icebergs, nothing else.
 *
 * <p>Orders are slots of parallel arrays, chained first to last per price; a price is a tick from 1 to {@link #ticks}
 * that indexes the chains. Live slots also stand in one dense array, so that any of them can be drawn at random.
 */
final class FlowBook {
    static final int NONE = -1;

    /** Told of each fill of a resting order. */
    @FunctionalInterface
    interface FillListener {
        /** {@code slot} still shows the maker as it was before the fill. */
        void filled(int slot, long quantity);
    }

    private final int ticks;
    // Two sets of chains, since in a call both sides can stand at one price.
    private final int[][] head;
    private final int[][] tail;
    private int bestBid;
    private int bestAsk;

    private int[] next = new int[64];
    private int[] prev = new int[64];
    private int[] tick = new int[64];
    private int[] client = new int[64];
    private int[] livePlace = new int[64];
    private int[] live = new int[64];
    private boolean[] buy = new boolean[64];
    private long[] orderId = new long[64];
    private long[] total = new long[64];
    private long[] shown = new long[64];
    private long[] hidden = new long[64];
    private long[] display = new long[64];
    private int liveCount;
    private int slots;
    private int free = NONE;

    FlowBook(int ticks) {
        this.ticks = ticks;
        this.head = new int[2][ticks + 2];
        this.tail = new int[2][ticks + 2];
        for (int side = 0; side < 2; side++) {
            Arrays.fill(head[side], NONE);
            Arrays.fill(tail[side], NONE);
        }
        this.bestBid = 0;
        this.bestAsk = ticks + 1;
    }

    int ticks() {
        return ticks;
    }

    /** Highest bid, or 0. */
    int bestBid() {
        return bestBid;
    }

    /** Lowest ask, or {@code ticks + 1}. */
    int bestAsk() {
        return bestAsk;
    }

    boolean isEmpty(boolean side) {
        return side ? bestBid == 0 : bestAsk > ticks;
    }

    int liveCount() {
        return liveCount;
    }

    /** Whether a slot still holds the order that was put there. */
    boolean lives(int slot, long id) {
        return slot != NONE && livePlace[slot] < liveCount && live[livePlace[slot]] == slot && orderId[slot] == id;
    }

    int live(int place) {
        return live[place];
    }

    long orderId(int slot) {
        return orderId[slot];
    }

    int client(int slot) {
        return client[slot];
    }

    boolean buy(int slot) {
        return buy[slot];
    }

    int tick(int slot) {
        return tick[slot];
    }

    /** Lots still open, hidden ones included. */
    long leaves(int slot) {
        return shown[slot] + hidden[slot];
    }

    /** OrderQty(38) as last replaced. */
    long total(int slot) {
        return total[slot];
    }

    /** The oldest order of a level, or {@link #NONE}. */
    int first(boolean side, int atTick) {
        return head(side)[atTick];
    }

    /** The next order at the same price, or {@link #NONE}. */
    int after(int slot) {
        return next[slot];
    }

    /** The next occupied tick behind {@code from} on a side, or {@link #NONE}. */
    int levelBehind(boolean side, int from) {
        int step = side ? -1 : 1;
        int[] first = head(side);
        for (int at = from + step; at >= 1 && at <= ticks; at += step) {
            if (first[at] != NONE) {
                return at;
            }
        }
        return NONE;
    }

    /** Rests an order at the back of its level; {@code displayQuantity} 0 shows all of it. */
    int rest(
            long id,
            int owner,
            boolean side,
            int atTick,
            long totalQuantity,
            long leavesQuantity,
            long displayQuantity) {
        int slot = newSlot();
        orderId[slot] = id;
        client[slot] = owner;
        buy[slot] = side;
        total[slot] = totalQuantity;
        display[slot] = displayQuantity;
        shown[slot] = displayQuantity == 0 ? leavesQuantity : Math.min(displayQuantity, leavesQuantity);
        hidden[slot] = leavesQuantity - shown[slot];
        append(slot, atTick);
        livePlace[slot] = liveCount;
        live[liveCount++] = slot;
        return slot;
    }

    void remove(int slot) {
        unchain(slot);
        int place = livePlace[slot];
        int moved = live[--liveCount];
        live[place] = moved;
        livePlace[moved] = place;
        next[slot] = free;
        free = slot;
    }

    /** To the back of another level, or of its own. */
    void move(int slot, int toTick) {
        unchain(slot);
        append(slot, toTick);
    }

    /** Takes lots off, hidden ones first; fewer than are open. */
    void reduce(int slot, long by) {
        long fromHidden = Math.min(by, hidden[slot]);
        hidden[slot] -= fromHidden;
        shown[slot] -= by - fromHidden;
        total[slot] -= by;
    }

    /** Fills up to {@code quantity} from the other side, no worse than {@code limit}; returns what is left. */
    long take(boolean side, int limit, long quantity, FillListener listener) {
        long left = quantity;
        while (left > 0 && !isEmpty(!side) && (side ? bestAsk <= limit : bestBid >= limit)) {
            int slot = head(!side)[side ? bestAsk : bestBid];
            long filled = Math.min(left, shown[slot]);
            left -= filled;
            fill(slot, filled, listener);
        }
        return left;
    }

    /** Lots to be had from the other side no worse than {@code limit}, counted up to {@code enough}. */
    long available(boolean side, int limit, long enough) {
        long found = 0;
        int at = side ? bestAsk : bestBid;
        while (at != NONE && at >= 1 && at <= ticks && (side ? at <= limit : at >= limit) && found < enough) {
            for (int slot = head(!side)[at]; slot != NONE && found < enough; slot = next[slot]) {
                found += leaves(slot);
            }
            at = levelBehind(!side, at);
        }
        return found;
    }

    /** Trades front against front while bid and ask overlap: the same orders as in an auction at one price. */
    void uncross(FillListener listener) {
        while (bestBid >= bestAsk) {
            int bid = head(true)[bestBid];
            int ask = head(false)[bestAsk];
            long filled = Math.min(shown[bid], shown[ask]);
            fill(bid, filled, listener);
            fill(ask, filled, listener);
        }
    }

    private void fill(int slot, long quantity, FillListener listener) {
        listener.filled(slot, quantity);
        shown[slot] -= quantity;
        if (shown[slot] > 0) {
            return;
        }
        if (hidden[slot] == 0) {
            remove(slot);
            return;
        }
        shown[slot] = Math.min(display[slot], hidden[slot]);
        hidden[slot] -= shown[slot];
        move(slot, tick[slot]);
    }

    private void append(int slot, int atTick) {
        int[] last = tail[buy[slot] ? 1 : 0];
        tick[slot] = atTick;
        next[slot] = NONE;
        prev[slot] = last[atTick];
        if (last[atTick] == NONE) {
            head(buy[slot])[atTick] = slot;
        } else {
            next[last[atTick]] = slot;
        }
        last[atTick] = slot;
        if (buy[slot]) {
            bestBid = Math.max(bestBid, atTick);
        } else {
            bestAsk = Math.min(bestAsk, atTick);
        }
    }

    private void unchain(int slot) {
        int at = tick[slot];
        int[] first = head(buy[slot]);
        if (prev[slot] == NONE) {
            first[at] = next[slot];
        } else {
            next[prev[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            tail[buy[slot] ? 1 : 0][at] = prev[slot];
        } else {
            prev[next[slot]] = prev[slot];
        }
        if (first[at] == NONE && at == (buy[slot] ? bestBid : bestAsk)) {
            findBest(buy[slot], at);
        }
    }

    private void findBest(boolean side, int emptied) {
        int behind = levelBehind(side, emptied);
        if (side) {
            bestBid = behind == NONE ? 0 : behind;
        } else {
            bestAsk = behind == NONE ? ticks + 1 : behind;
        }
    }

    private int[] head(boolean side) {
        return head[side ? 1 : 0];
    }

    private int newSlot() {
        if (free != NONE) {
            int slot = free;
            free = next[slot];
            return slot;
        }
        if (slots == next.length) {
            grow(slots * 2);
        }
        return slots++;
    }

    private void grow(int to) {
        next = Arrays.copyOf(next, to);
        prev = Arrays.copyOf(prev, to);
        tick = Arrays.copyOf(tick, to);
        client = Arrays.copyOf(client, to);
        livePlace = Arrays.copyOf(livePlace, to);
        live = Arrays.copyOf(live, to);
        buy = Arrays.copyOf(buy, to);
        orderId = Arrays.copyOf(orderId, to);
        total = Arrays.copyOf(total, to);
        shown = Arrays.copyOf(shown, to);
        hidden = Arrays.copyOf(hidden, to);
        display = Arrays.copyOf(display, to);
    }
}
