package io.crossbook.matching;

/**
 * Finds live orders by the key of their id.
 *
 * <p>Layout: a hash table of slots + 1, 0 where empty, at most half full; orders that share a place are chained through
 * their slots, the latest first. An order's slot is looked at anyway once it is found, so a place of the table costs four
 * bytes, and no insertion or removal has to search or shift. The hash leaves the last four bits of a serial id as they
 * are, so that neighbours share a cache line, and mixes the rest.
 */
final class IdIndex {
    private static final int SMALLEST_CAPACITY = 64;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int NEIGHBOUR_SHIFT = 4;
    private static final int NEIGHBOUR_MASK = (1 << NEIGHBOUR_SHIFT) - 1;

    private final OrderSlab orders;
    private int[] latest = new int[SMALLEST_CAPACITY];
    private int size;

    IdIndex(OrderSlab orders) {
        this.orders = orders;
    }

    int size() {
        return size;
    }

    private int place(long idHigh, long idLow) {
        long mixed = ((idLow >>> NEIGHBOUR_SHIFT) + idHigh) * SPREAD >>> 32;
        return ((int) mixed & ~NEIGHBOUR_MASK | (int) idLow & NEIGHBOUR_MASK) & latest.length - 1;
    }

    private int place(int order) {
        return place(orders.idHigh(order), orders.idLow(order));
    }

    /** The slot of the live order with this id, or {@link OrderSlab#NONE}. */
    int find(long idHigh, long idLow) {
        int order = latest[place(idHigh, idLow)] - 1;
        while (order != OrderSlab.NONE && !orders.hasId(order, idHigh, idLow)) {
            order = orders.chained(order);
        }
        return order;
    }

    /** Adds an order whose id is not here; returns what it must be chained to. */
    int add(int order, long idHigh, long idLow) {
        if (2 * size == latest.length) {
            grow();
        }
        size++;
        return put(order, place(idHigh, idLow));
    }

    private int put(int order, int place) {
        int next = latest[place] - 1;
        latest[place] = order + 1;
        return next;
    }

    void remove(int order) {
        size--;
        int place = place(order);
        int other = latest[place] - 1;
        if (other == order) {
            latest[place] = orders.chained(order) + 1;
            return;
        }
        while (orders.chained(other) != order) {
            other = orders.chained(other);
        }
        orders.setChained(other, orders.chained(order));
    }

    private void grow() {
        int[] old = latest;
        latest = new int[2 * old.length];
        for (int first : old) {
            int order = first - 1;
            while (order != OrderSlab.NONE) {
                int next = orders.chained(order);
                orders.setChained(order, put(order, place(order)));
                order = next;
            }
        }
    }
}
