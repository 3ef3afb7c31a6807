package io.crossbook.matching;

import io.crossbook.model.Reason;
import io.crossbook.model.SelfTradePrevention;

/** What an incoming order does when it meets orders of its own client, and what a fill-or-kill order may count on. */
final class SelfTrades {
    private final OrderBook book;
    private final OrderSlab orders;
    private final BookListener listener;

    SelfTrades(OrderBook book, OrderSlab orders, BookListener listener) {
        this.book = book;
        this.orders = orders;
        this.listener = listener;
    }

    /** Acts by the taker's mode, the resting order first; {@code false} if the taker has ended. */
    boolean prevent(int taker, int maker, PriceLevels makers) {
        SelfTradePrevention mode = orders.selfTradePrevention(taker);
        if (mode == SelfTradePrevention.DECREMENT) {
            return decrement(taker, maker);
        }
        if (mode != SelfTradePrevention.CANCEL_NEWEST) {
            book.cancel(maker, Reason.SELF_TRADE_PREVENTION);
        }
        if (mode != SelfTradePrevention.CANCEL_OLDEST) {
            book.cancel(taker, Reason.SELF_TRADE_PREVENTION);
            return false;
        }
        return true;
    }

    /** Both lose the smaller of what they have open; who has nothing left is cancelled, the other lowered. */
    private boolean decrement(int taker, int maker) {
        long takerLeaves = orders.leaves(taker);
        long makerLeaves = orders.leaves(maker);
        if (makerLeaves <= takerLeaves) {
            book.cancel(maker, Reason.SELF_TRADE_PREVENTION);
        } else {
            long leaves = makerLeaves - takerLeaves;
            book.setLeaves(maker, leaves, Math.min(orders.shown(maker), leaves));
            book.markChanged(maker);
            listener.replaced(maker);
        }
        if (takerLeaves <= makerLeaves) {
            book.cancel(taker, Reason.SELF_TRADE_PREVENTION);
            return false;
        }
        book.lowerRunning(taker, makerLeaves);
        book.markChanged(taker);
        listener.replaced(taker);
        return true;
    }

    /** Whether a fill-or-kill order gets its whole quantity at or above the key {@code limit}, hidden lots counted. */
    boolean canFill(int taker, PriceLevels makers, long limit) {
        long wanted = orders.leaves(taker);
        for (int position = makers.size() - 1; position >= 0 && wanted > 0; position--) {
            if (makers.keyAt(position) < limit) {
                return false;
            }
            int level = makers.levelAt(position);
            if (!orders.preventsSelfTrade(taker)) {
                wanted -= makers.open(level);
            } else if (orders.selfTradePrevention(taker) == SelfTradePrevention.CANCEL_OLDEST) {
                wanted -= openOfOthers(taker, makers, level);
            } else {
                long ahead = shownAheadOfOwn(taker, makers, level);
                if (ahead >= 0) {
                    return wanted <= ahead;
                }
                wanted -= makers.open(level);
            }
        }
        return wanted <= 0;
    }

    private long openOfOthers(int taker, PriceLevels makers, int level) {
        long open = 0;
        for (int order = makers.head(level); order != OrderSlab.NONE; order = orders.next(order)) {
            if (orders.client(order) != orders.client(taker)) {
                open += orders.leaves(order);
            }
        }
        return open;
    }

    /** Displayed lots ahead of the client's first own order of a level, or −1 if it has none there. */
    private long shownAheadOfOwn(int taker, PriceLevels makers, int level) {
        long ahead = 0;
        for (int order = makers.head(level); order != OrderSlab.NONE; order = orders.next(order)) {
            if (orders.client(order) == orders.client(taker)) {
                return ahead;
            }
            ahead += orders.shown(order);
        }
        return -1;
    }
}
