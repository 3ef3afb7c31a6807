package io.crossbook.matching;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What can be said against an order by its own values, in the order in which they are judged: combinations, sign, tick
 * and lot, size, limits, band. Within each: price, stop price, quantity, display quantity.
 */
final class OrderRules {
    private final long minPrice;
    private final long maxPrice;
    private final long minQuantity;
    private final long maxQuantity;
    private final boolean hasBand;
    private final LastPrice last;
    private final OrderSlab orders;

    OrderRules(MarketRules market, LastPrice last, OrderSlab orders) {
        minPrice = market.minPrice();
        maxPrice = market.maxPrice();
        minQuantity = market.minQuantity();
        maxQuantity = market.maxQuantity();
        hasBand = market.priceBandBps() != null;
        this.last = last;
        this.orders = orders;
    }

    /**
     * @param plain whether {@link OrderTicket#isPlainLimit}: most orders are, and nothing in their own values can be wrong
     * @param hasRoom whether the open lots of its side stay within bounds
     */
    @Nullable
    Reason judgeNew(OrderTicket ticket, boolean plain, boolean hasRoom) {
        @Nullable Reason refusal = plain ? null : judgeOwnValues(ticket);
        if (refusal != null) {
            return refusal;
        }
        if (!hasRoom) {
            return Reason.OUT_OF_RANGE;
        }
        return plain && isWithinLimits(ticket.price, ticket.quantity) ? null : judgeMarket(ticket);
    }

    private static @Nullable Reason judgeOwnValues(OrderTicket ticket) {
        return isSensible(ticket) ? judgeValues(ticket) : Reason.INVALID_COMBINATION;
    }

    /**
     * Judges a REPLACE of a live order. Values equal to the present ones are struck from the ticket: they are not judged
     * again and change nothing.
     *
     * @param hasRoom whether the open lots of its side stay within bounds
     */
    @Nullable
    Reason judgeReplace(OrderTicket ticket, int order, boolean hasRoom) {
        if (!fitsOrder(ticket, order)) {
            return Reason.INVALID_COMBINATION;
        }
        strikeUnchanged(ticket, order);
        @Nullable Reason refusal = judgeValues(ticket);
        if (refusal != null) {
            return refusal;
        }
        return hasRoom ? judgeMarket(ticket) : Reason.OUT_OF_RANGE;
    }

    private static boolean isSensible(OrderTicket ticket) {
        boolean market = ticket.isMarket();
        boolean cannotRest = market || ticket.isImmediate();
        boolean goodTillDate = ticket.isGoodTillDate();
        return ticket.isStop() == (ticket.stopPrice != OrderTicket.NONE)
                && ticket.needsPrice() == (ticket.price != OrderTicket.NONE)
                && (ticket.displayQuantity == OrderTicket.NONE || !cannotRest && !ticket.displayAboveQuantity)
                && !(ticket.isPostOnly() && cannotRest)
                && goodTillDate == (ticket.expireAt != OrderTicket.NONE)
                && !(goodTillDate && market);
    }

    private boolean fitsOrder(OrderTicket ticket, int order) {
        boolean waiting = orders.state(order) == OrderSlab.WAITING;
        boolean displayFits = ticket.displayQuantity == OrderTicket.NONE
                || ticket.displayQuantity == orders.displayQuantity(order)
                || orders.canRest(order) && !ticket.displayAboveQuantity;
        return (ticket.price == OrderTicket.NONE || orders.price(order) != MarketEvent.NO_PRICE)
                && (ticket.stopPrice == OrderTicket.NONE || waiting)
                && displayFits;
    }

    private void strikeUnchanged(OrderTicket ticket, int order) {
        if (ticket.price == orders.price(order)) {
            ticket.price = OrderTicket.NONE;
        }
        if (ticket.stopPrice != OrderTicket.NONE && ticket.stopPrice == orders.stopPrice(order)) {
            ticket.stopPrice = OrderTicket.NONE;
        }
        if (ticket.quantity == orders.quantity(order)) {
            ticket.quantity = OrderTicket.NONE;
        }
        if (ticket.displayQuantity != OrderTicket.NONE && ticket.displayQuantity == orders.displayQuantity(order)) {
            ticket.displayQuantity = OrderTicket.NONE;
        }
    }

    private static @Nullable Reason judgeValues(OrderTicket ticket) {
        if (isSound(ticket.price)
                && isSound(ticket.stopPrice)
                && isSound(ticket.quantity)
                && isSound(ticket.displayQuantity)) {
            return null;
        }
        if (ticket.price == 0 || ticket.stopPrice == 0) {
            return Reason.INVALID_PRICE;
        }
        if (ticket.quantity == 0 || ticket.displayQuantity == 0) {
            return Reason.INVALID_QUANTITY;
        }
        if (ticket.price == OrderTicket.OFF_GRID || ticket.stopPrice == OrderTicket.OFF_GRID) {
            return Reason.OFF_TICK;
        }
        if (ticket.quantity == OrderTicket.OFF_GRID || ticket.displayQuantity == OrderTicket.OFF_GRID) {
            return Reason.OFF_LOT;
        }
        return Reason.OUT_OF_RANGE;
    }

    private static boolean isSound(long units) {
        return units > 0 || units == OrderTicket.NONE;
    }

    private boolean isWithinLimits(long price, long quantity) {
        return price >= minPrice
                && price <= maxPrice
                && quantity >= minQuantity
                && quantity <= maxQuantity
                && (!hasBand || last.isInBand(price));
    }

    private @Nullable Reason judgeMarket(OrderTicket ticket) {
        long price = ticket.price;
        if (price != OrderTicket.NONE && (price < minPrice || price > maxPrice)) {
            return Reason.PRICE_OUTSIDE_LIMITS;
        }
        long quantity = ticket.quantity;
        if (quantity != OrderTicket.NONE && (quantity < minQuantity || quantity > maxQuantity)) {
            return Reason.QUANTITY_OUTSIDE_LIMITS;
        }
        return hasBand && price != OrderTicket.NONE && !last.isInBand(price) ? Reason.PRICE_OUTSIDE_BAND : null;
    }
}
