package io.crossbook.matching;

import io.crossbook.model.MarketEvent;
import java.util.Arrays;

/**
 * The GTD orders by expiry time: a binary heap of slots, earliest first. Each order knows its place, so one that ends
 * otherwise leaves at once.
 */
final class ExpiryQueue {
    static final long NEVER = MarketEvent.NEVER;

    private static final int SMALLEST_CAPACITY = 16;

    private final OrderSlab orders;
    private int[] heap = new int[SMALLEST_CAPACITY];
    private int size;

    ExpiryQueue(OrderSlab orders) {
        this.orders = orders;
    }

    /** The earliest expiry time, {@link #NEVER} if no order waits for one. */
    long earliest() {
        return size == 0 ? NEVER : orders.expireAt(heap[0]);
    }

    void add(int order) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        size++;
        siftUp(order, size - 1);
    }

    int removeFirst() {
        int first = heap[0];
        remove(first);
        return first;
    }

    void remove(int order) {
        int place = orders.expiryPlace(order);
        int last = heap[--size];
        if (place < size) {
            siftDown(last, place);
            siftUp(last, orders.expiryPlace(last));
        }
    }

    private void siftUp(int order, int start) {
        int place = start;
        while (place > 0 && orders.expireAt(heap[place - 1 >> 1]) > orders.expireAt(order)) {
            put(heap[place - 1 >> 1], place);
            place = place - 1 >> 1;
        }
        put(order, place);
    }

    private void siftDown(int order, int start) {
        int place = start;
        int child = 2 * place + 1;
        while (child < size) {
            if (child + 1 < size && orders.expireAt(heap[child + 1]) < orders.expireAt(heap[child])) {
                child++;
            }
            if (orders.expireAt(heap[child]) >= orders.expireAt(order)) {
                break;
            }
            put(heap[child], place);
            place = child;
            child = 2 * place + 1;
        }
        put(order, place);
    }

    private void put(int order, int place) {
        heap[place] = order;
        orders.setExpiryPlace(order, place);
    }
}
