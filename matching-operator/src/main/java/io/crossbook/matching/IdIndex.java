package io.crossbook.matching;

/**
 * Finds live orders by the key of their id.
 *
 * <p>Layout: open addressing over a power of two, at most a quarter full, one {@code long} an entry: a tag of 32 bits
 * above the slot + 1; 0 is empty. The tag leaves the last three bits of a serial id as they are, so that neighbours
 * share a cache line, and mixes the rest. The slab is looked at only when the 32 bits agree. Entries are deleted by
 * shifting back what follows, so there are no tombstones and the table stays as fast as it was.
 */
final class IdIndex {
    private static final int SMALLEST_CAPACITY = 64;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final OrderSlab orders;
    private long[] table = new long[SMALLEST_CAPACITY];
    private int mask = SMALLEST_CAPACITY - 1;
    private int size;

    IdIndex(OrderSlab orders) {
        this.orders = orders;
    }

    int size() {
        return size;
    }

    private static int tag(long idHigh, long idLow) {
        return (int) (((idLow >>> 3) + idHigh) * SPREAD >>> 32) & ~7 | (int) idLow & 7;
    }

    private int tag(int order) {
        return tag(orders.idHigh(order), orders.idLow(order));
    }

    /** The slot of the live order with this id, or {@link OrderSlab#NONE}. */
    int find(long idHigh, long idLow) {
        int tag = tag(idHigh, idLow);
        for (int i = tag & mask; table[i] != 0; i = i + 1 & mask) {
            if ((int) (table[i] >>> 32) == tag && orders.hasId((int) table[i] - 1, idHigh, idLow)) {
                return (int) table[i] - 1;
            }
        }
        return OrderSlab.NONE;
    }

    /** Adds an order whose id is not here. */
    void add(int order) {
        if (4 * (size + 1) > table.length) {
            grow();
        }
        place((long) tag(order) << 32 | (order + 1));
        size++;
    }

    private void place(long entry) {
        int i = (int) (entry >>> 32) & mask;
        while (table[i] != 0) {
            i = i + 1 & mask;
        }
        table[i] = entry;
    }

    void remove(int order) {
        int tag = tag(order);
        long entry = (long) tag << 32 | (order + 1);
        int hole = tag & mask;
        while (table[hole] != entry) {
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask; table[i] != 0; i = i + 1 & mask) {
            int home = (int) (table[i] >>> 32) & mask;
            // What lies between its home and its place may move to the hole only if the hole is not before its home.
            if ((i - home & mask) >= (i - hole & mask)) {
                table[hole] = table[i];
                hole = i;
            }
        }
        table[hole] = 0;
        size--;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        mask = table.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                place(entry);
            }
        }
    }
}
