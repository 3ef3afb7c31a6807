package io.crossbook.matching;

import java.util.Arrays;

/** A reusable list of slots. */
final class SlotList {
    private static final int SMALLEST_CAPACITY = 16;

    private int[] slots = new int[SMALLEST_CAPACITY];
    private int size;

    void add(int order) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, 2 * size);
        }
        slots[size++] = order;
    }

    boolean contains(int order) {
        return indexOf(order) >= 0;
    }

    /** Takes a slot out if it is there; the last one takes its place. */
    void remove(int order) {
        int index = indexOf(order);
        if (index >= 0) {
            slots[index] = slots[--size];
        }
    }

    private int indexOf(int order) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == order) {
                return i;
            }
        }
        return -1;
    }

    int get(int index) {
        return slots[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** By sequence of their NEW. */
    void sortBySequence(OrderSlab orders) {
        sort(orders, 0, true);
    }

    /** By time of entry, those from index {@code from} on. */
    void sortByEntry(OrderSlab orders, int from) {
        sort(orders, from, false);
    }

    /** Most lists are in order already; the others are rare enough to allocate. */
    private void sort(OrderSlab orders, int from, boolean bySequence) {
        boolean sorted = true;
        for (int i = from + 1; i < size && sorted; i++) {
            sorted = rank(orders, slots[i - 1], bySequence) < rank(orders, slots[i], bySequence);
        }
        if (sorted) {
            return;
        }
        int[] inOrder = Arrays.stream(slots, from, size)
                .boxed()
                .sorted((a, b) -> Long.compare(rank(orders, a, bySequence), rank(orders, b, bySequence)))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(inOrder, 0, slots, from, inOrder.length);
    }

    private static long rank(OrderSlab orders, int order, boolean bySequence) {
        return bySequence ? orders.sequence(order) : orders.entry(order);
    }
}
