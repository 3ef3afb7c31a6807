package io.crossbook.cli.generate;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A textbook book of one instrument that measures what a flow does: tree of prices, queue of orders, map of ids. */
final class PlainBook {
    private static final class Order {
        final long id;
        final boolean buy;
        long price;
        long leaves;

        Order(long id, boolean buy, long price, long leaves) {
            this.id = id;
            this.buy = buy;
            this.price = price;
            this.leaves = leaves;
        }
    }

    private final TreeMap<Long, ArrayDeque<Order>> bids = new TreeMap<>();
    private final TreeMap<Long, ArrayDeque<Order>> asks = new TreeMap<>();
    private final Map<Long, Order> orders = new HashMap<>();

    /** Runs one command and returns its number of trades. */
    int run(FlowCommands flow, int i) {
        switch (flow.kind(i)) {
            case NEW, IOC, MARKET -> {
                return enter(flow, i);
            }
            case CANCEL -> {
                remove(live(flow.orderId(i)));
                return 0;
            }
            case REPLACE_PRICE -> {
                Order order = live(flow.orderId(i));
                remove(order);
                order.price = flow.price(i);
                int trades = match(order, order.price);
                if (order.leaves > 0) {
                    rest(order);
                }
                return trades;
            }
            default -> {
                Order order = live(flow.orderId(i));
                order.leaves -= flow.reduceBy(i);
                if (order.leaves <= 0 || flow.reduceBy(i) <= 0) {
                    throw new IllegalStateException("command " + i + " reduces to nothing");
                }
                return 0;
            }
        }
    }

    int resting() {
        return orders.size();
    }

    int levels() {
        return bids.size() + asks.size();
    }

    private int enter(FlowCommands flow, int i) {
        Order order = new Order(flow.orderId(i), flow.buy(i), flow.price(i), flow.quantity(i));
        boolean market = flow.kind(i) == FlowKind.MARKET;
        int trades = match(order, market ? (order.buy ? Long.MAX_VALUE : 0) : order.price);
        if (order.leaves > 0 && flow.kind(i) == FlowKind.NEW) {
            rest(order);
        }
        return trades;
    }

    private int match(Order taker, long limit) {
        TreeMap<Long, ArrayDeque<Order>> other = taker.buy ? asks : bids;
        int trades = 0;
        while (taker.leaves > 0 && !other.isEmpty()) {
            long best = taker.buy ? other.firstKey() : other.lastKey();
            if (taker.buy ? best > limit : best < limit) {
                break;
            }
            Order maker = other.get(best).element();
            long filled = Math.min(taker.leaves, maker.leaves);
            taker.leaves -= filled;
            maker.leaves -= filled;
            trades++;
            if (maker.leaves == 0) {
                remove(maker);
            }
        }
        return trades;
    }

    private Order live(long id) {
        Order order = orders.get(id);
        if (order == null) {
            throw new IllegalStateException("order " + id + " does not live");
        }
        return order;
    }

    private void rest(Order order) {
        if (orders.put(order.id, order) != null) {
            throw new IllegalStateException("order " + order.id + " lives twice");
        }
        (order.buy ? bids : asks)
                .computeIfAbsent(order.price, price -> new ArrayDeque<>())
                .add(order);
    }

    private void remove(Order order) {
        orders.remove(order.id);
        TreeMap<Long, ArrayDeque<Order>> side = order.buy ? bids : asks;
        ArrayDeque<Order> level = side.get(order.price);
        level.remove(order);
        if (level.isEmpty()) {
            side.remove(order.price);
        }
    }
}
