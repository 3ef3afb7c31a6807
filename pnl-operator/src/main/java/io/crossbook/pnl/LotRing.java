package io.crossbook.pnl;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Open lots of one sign, oldest first, in ticks and lots.
 *
 * <p>Layout: a ring of four {@code long}s a lot (price, quantity, trade number, time), so that a lot is half a cache
 * line and taking the oldest moves nothing. The ring doubles when it is full. Texts of external fills lie in a second
 * ring beside it, which exists from the first such lot on; the trade number of those lots is 0.
 */
final class LotRing {
    private static final int PRICE = 0;
    private static final int QUANTITY = 1;
    private static final int TRADE_NO = 2;
    private static final int OPENED_AT = 3;
    private static final int LONGS = 4;
    private static final int FIRST_CAPACITY = 4;

    private long[] slots = new long[FIRST_CAPACITY * LONGS];
    private @Nullable String @Nullable [] fillIds;
    private int capacity = FIRST_CAPACITY;
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long price(int i) {
        return slots[slot(i) * LONGS + PRICE];
    }

    long quantity(int i) {
        return slots[slot(i) * LONGS + QUANTITY];
    }

    long tradeNo(int i) {
        return slots[slot(i) * LONGS + TRADE_NO];
    }

    long openedAt(int i) {
        return slots[slot(i) * LONGS + OPENED_AT];
    }

    @Nullable
    String fillId(int i) {
        return fillIds == null ? null : fillIds[slot(i)];
    }

    void add(long price, long quantity, long tradeNo, @Nullable String fillId, long openedAt) {
        if (size == capacity) {
            grow();
        }
        int slot = slot(size);
        int at = slot * LONGS;
        slots[at + PRICE] = price;
        slots[at + QUANTITY] = quantity;
        slots[at + TRADE_NO] = tradeNo;
        slots[at + OPENED_AT] = openedAt;
        if (fillId != null) {
            fillIds()[slot] = fillId;
        }
        size++;
    }

    /** Takes {@code quantity} off the oldest lot, and the lot away if that was all of it. */
    void take(long quantity) {
        int at = head * LONGS + QUANTITY;
        slots[at] -= quantity;
        if (slots[at] == 0) {
            removeOldest();
        }
    }

    private void removeOldest() {
        if (fillIds != null) {
            fillIds[head] = null;
        }
        head = slot(1);
        size--;
    }

    private int slot(int i) {
        return (head + i) & (capacity - 1);
    }

    private @Nullable String[] fillIds() {
        if (fillIds == null) {
            fillIds = new String[capacity];
        }
        return fillIds;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        int untilEnd = capacity - head;
        System.arraycopy(slots, head * LONGS, larger, 0, untilEnd * LONGS);
        System.arraycopy(slots, 0, larger, untilEnd * LONGS, head * LONGS);
        if (fillIds != null) {
            @Nullable String[] largerIds = new String[capacity * 2];
            System.arraycopy(fillIds, head, largerIds, 0, untilEnd);
            System.arraycopy(fillIds, 0, largerIds, untilEnd, head);
            fillIds = largerIds;
        }
        slots = larger;
        capacity *= 2;
        head = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(price(i));
            out.writeLong(quantity(i));
            out.writeLong(openedAt(i));
            TradeName.write(tradeNo(i), fillId(i), out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        int lots = in.readInt();
        for (int i = 0; i < lots; i++) {
            long price = in.readLong();
            long quantity = in.readLong();
            long openedAt = in.readLong();
            long tradeNo = in.readLong();
            add(price, quantity, tradeNo, TradeName.readFillId(tradeNo, in), openedAt);
        }
    }
}
