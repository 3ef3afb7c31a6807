package io.crossbook.matching;

import io.crossbook.model.Side;

/**
 * The stops that wait for their price, and those triggered that wait for their turn.
 *
 * <p>Sell stops are triggered by falling prices, so the highest is next; buy stops the other way round. Within a stop
 * price the time of entry decides.
 */
final class StopOrders {
    private final OrderSlab orders;
    private final PriceLevels buys;
    private final PriceLevels sells;
    private final SlotList triggered = new SlotList();
    private int nextTriggered;

    StopOrders(OrderSlab orders) {
        this.orders = orders;
        this.buys = new PriceLevels(orders, Side.BUY, false, null);
        this.sells = new PriceLevels(orders, Side.SELL, true, null);
    }

    PriceLevels side(Side side) {
        return side == Side.BUY ? buys : sells;
    }

    /** By ordinal of the side. */
    PriceLevels side(int side) {
        return side == Side.BUY.ordinal() ? buys : sells;
    }

    void add(int order) {
        side(orders.side(order)).insertByEntry(order, orders.stopPrice(order));
    }

    void remove(int order) {
        side(orders.side(order)).remove(order);
    }

    /**
     * Triggers, as one group, the sell stops at or above {@code lowest} and the buy stops at or below {@code highest}:
     * sells first, from the highest stop price, then buys from the lowest. They run after those triggered before.
     */
    void trigger(long lowest, long highest) {
        while (!sells.isEmpty() && sells.bestPrice() >= lowest) {
            take(sells);
        }
        while (!buys.isEmpty() && buys.bestPrice() <= highest) {
            take(buys);
        }
    }

    private void take(PriceLevels side) {
        int order = side.front();
        side.remove(order);
        orders.setState(order, OrderSlab.RUNNING);
        triggered.add(order);
    }

    boolean hasTriggered() {
        return nextTriggered < triggered.size();
    }

    int takeTriggered() {
        int order = triggered.get(nextTriggered++);
        if (nextTriggered == triggered.size()) {
            triggered.clear();
            nextTriggered = 0;
        }
        return order;
    }
}
