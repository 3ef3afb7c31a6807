package io.crossbook.matching;

import io.crossbook.model.Phase;
import io.crossbook.model.Reason;
import org.jspecify.annotations.Nullable;

/** REPLACE of a live order: what can be said against it, and what it does to the order's place. */
final class Replacement {
    private final OrderBook book;
    private final OrderSlab orders;
    private final OrderRules rules;
    private final StopOrders stops;
    private final BookListener listener;

    Replacement(OrderBook book, OrderSlab orders, OrderRules rules, StopOrders stops, BookListener listener) {
        this.book = book;
        this.orders = orders;
        this.rules = rules;
        this.stops = stops;
        this.listener = listener;
    }

    @Nullable
    Reason judge(OrderTicket ticket, int order) {
        if (ticket.price == OrderTicket.NONE
                && ticket.quantity == OrderTicket.NONE
                && ticket.stopPrice == OrderTicket.NONE
                && ticket.displayQuantity == OrderTicket.NONE) {
            return Reason.NOTHING_TO_REPLACE;
        }
        @Nullable Reason refusal = rules.judgeReplace(ticket, order, hasRoom(ticket, order));
        if (refusal != null) {
            return refusal;
        }
        boolean wouldTake = orders.isPostOnly(order)
                && orders.state(order) == OrderSlab.RESTING
                && book.phase() == Phase.CONTINUOUS
                && goesToTheBack(ticket, order)
                && totalAfter(ticket, order) > orders.filled(order)
                && book.wouldTradeAt(order, priceAfter(ticket, order));
        return wouldTake ? Reason.POST_ONLY_WOULD_TRADE : null;
    }

    private boolean hasRoom(OrderTicket ticket, int order) {
        return ticket.quantity == OrderTicket.NONE
                || book.hasRoom(orders.sideNumber(order), ticket.quantity - orders.quantity(order));
    }

    private boolean goesToTheBack(OrderTicket ticket, int order) {
        return ticket.price != OrderTicket.NONE || totalAfter(ticket, order) > orders.quantity(order);
    }

    private long totalAfter(OrderTicket ticket, int order) {
        return ticket.quantity == OrderTicket.NONE ? orders.quantity(order) : ticket.quantity;
    }

    private long priceAfter(OrderTicket ticket, int order) {
        return ticket.price == OrderTicket.NONE ? orders.price(order) : ticket.price;
    }

    void carryOut(OrderTicket ticket, int order) {
        if (totalAfter(ticket, order) <= orders.filled(order)) {
            book.cancel(order, Reason.REPLACED_TO_FILLED);
            return;
        }
        book.markChanged(order);
        if (orders.state(order) == OrderSlab.WAITING) {
            changeWaiting(ticket, order);
        } else if (goesToTheBack(ticket, order)) {
            changeAndReenter(ticket, order);
        } else {
            changeInPlace(ticket, order);
        }
    }

    /** A waiting stop keeps its time of entry, and starts if the last price is through its new stop price. */
    private void changeWaiting(OrderTicket ticket, int order) {
        stops.remove(order);
        setValues(ticket, order);
        if (ticket.stopPrice != OrderTicket.NONE) {
            orders.setStopPrice(order, ticket.stopPrice);
        }
        listener.replaced(order);
        book.holdOrTrigger(order);
    }

    /** A new price or a higher quantity goes to the back and may trade at once. */
    private void changeAndReenter(OrderTicket ticket, int order) {
        long price = priceAfter(ticket, order);
        boolean plain = ticket.displayQuantity == OrderTicket.NONE && !orders.isIceberg(order);
        if (plain && book.requeue(order, price, totalAfter(ticket, order) - orders.filled(order))) {
            return;
        }
        book.takeOut(order);
        setValues(ticket, order);
        listener.replaced(order);
        book.reenter(order);
    }

    /** Takes the ticket's price, quantity and display quantity, with all that is open displayed. */
    private void setValues(OrderTicket ticket, int order) {
        long before = orders.leaves(order);
        long leaves = totalAfter(ticket, order) - orders.filled(order);
        orders.setPrice(order, priceAfter(ticket, order));
        orders.setOpen(order, leaves, 0);
        book.side(orders.side(order)).addLots(Math.max(0, leaves - before));
        if (ticket.displayQuantity != OrderTicket.NONE) {
            orders.setDisplayQuantity(order, ticket.displayQuantity);
        }
    }

    /** Less quantity, hidden lots first, or another display quantity keeps the place. */
    private void changeInPlace(OrderTicket ticket, int order) {
        long leaves = totalAfter(ticket, order) - orders.filled(order);
        long shown = Math.min(orders.shown(order), leaves);
        if (ticket.displayQuantity != OrderTicket.NONE) {
            orders.setDisplayQuantity(order, ticket.displayQuantity);
            shown = orders.peak(order, leaves);
        }
        book.setLeaves(order, leaves, shown);
        listener.replaced(order);
    }
}
