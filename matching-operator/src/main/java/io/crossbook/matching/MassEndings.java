package io.crossbook.matching;

import io.crossbook.model.TimeInForce;

/** Ends many orders with one command, by sequence of their NEW: those of a client, those whose time has come. */
final class MassEndings {
    private final OrderBook book;
    private final OrderSlab orders;
    private final ExpiryQueue expiries;
    private final SlotList list = new SlotList();

    MassEndings(OrderBook book, OrderSlab orders, ExpiryQueue expiries) {
        this.book = book;
        this.orders = orders;
        this.expiries = expiries;
    }

    /** GTD orders that expire at or before a time. */
    void expireDue(long time) {
        list.clear();
        while (expiries.earliest() <= time) {
            list.add(expiries.removeFirst());
        }
        // Ending an order takes it out of the heap, so all must be in it.
        for (int i = 0; i < list.size(); i++) {
            expiries.add(list.get(i));
        }
        expireListed();
    }

    /** DAY orders. */
    void expireDayOrders() {
        list.clear();
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.state(order) != OrderSlab.FREE && orders.timeInForce(order) == TimeInForce.DAY) {
                list.add(order);
            }
        }
        expireListed();
    }

    private void expireListed() {
        list.sortBySequence(orders);
        for (int i = 0; i < list.size(); i++) {
            book.expire(list.get(i));
        }
    }

    void cancelAll(int client) {
        list.clear();
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.isLiveOf(order, client)) {
                list.add(order);
            }
        }
        list.sortBySequence(orders);
        for (int i = 0; i < list.size(); i++) {
            book.cancel(list.get(i), null);
        }
    }
}
