package io.crossbook.matching;

import io.crossbook.model.Side;

/** What can be said of a book only by walking through all of it. */
final class BookWalk {
    private BookWalk() {}

    /** The live orders by sequence of their NEW. */
    static SlotList liveBySequence(OrderSlab orders) {
        SlotList live = new SlotList();
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.state(order) != OrderSlab.FREE) {
                live.add(order);
            }
        }
        live.sortBySequence(orders);
        return live;
    }

    /** Whether best bid and best ask overlap although the book should have been uncrossed. */
    static boolean isCrossed(OrderBook book) {
        PriceLevels bids = book.side(Side.BUY);
        PriceLevels asks = book.side(Side.SELL);
        return !book.leftInCall() && !bids.isEmpty() && !asks.isEmpty() && bids.bestPrice() >= asks.bestPrice();
    }

    /** Orders out of place in queues or index; zero unless the book is broken. */
    static long faults(OrderBook book) {
        long faults = 0;
        for (Side side : Side.values()) {
            faults += book.side(side).faults(OrderSlab.RESTING);
            faults += book.stops().side(side).faults(OrderSlab.WAITING);
        }
        OrderSlab orders = book.orders();
        int live = 0;
        for (int order = 0; order < orders.highest(); order++) {
            if (orders.state(order) != OrderSlab.FREE) {
                live++;
                faults += book.find(orders.idHigh(order), orders.idLow(order)) == order ? 0 : 1;
            }
        }
        return faults + Math.abs(live - book.liveOrders());
    }
}
