package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The book as textbooks have it: a tree of prices, a chain of orders per price, a hash map of ids. */
final class TextbookBooks implements MeasuredBooks {
    private static final class Order {
        private final long id;
        private final boolean buy;
        private long leaves;
        private @Nullable Level level;
        private @Nullable Order before;
        private @Nullable Order behind;

        Order(long id, boolean buy, long leaves) {
            this.id = id;
            this.buy = buy;
            this.leaves = leaves;
        }
    }

    private static final class Level {
        private final long price;
        private @Nullable Order first;
        private @Nullable Order last;

        Level(long price) {
            this.price = price;
        }

        void append(Order order) {
            order.level = this;
            order.before = last;
            order.behind = null;
            if (last == null) {
                first = order;
            } else {
                last.behind = order;
            }
            last = order;
        }

        void remove(Order order) {
            if (order.before == null) {
                first = order.behind;
            } else {
                order.before.behind = order.behind;
            }
            if (order.behind == null) {
                last = order.before;
            } else {
                order.behind.before = order.before;
            }
        }
    }

    private final class Book {
        private final TreeMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<Long, Level> asks = new TreeMap<>();
        private final Map<Long, Order> orders = new HashMap<>();

        void enter(Order order, long limit, boolean rests) {
            match(order, limit);
            if (order.leaves > 0 && rests) {
                orders.put(order.id, order);
                side(order.buy).computeIfAbsent(limit, Level::new).append(order);
            }
        }

        void cancel(long id) {
            remove(live(id));
        }

        void move(long id, long price) {
            Order order = live(id);
            remove(order);
            enter(order, price, true);
        }

        void reduce(long id, long by) {
            live(id).leaves -= by;
        }

        private void match(Order taker, long limit) {
            TreeMap<Long, Level> other = side(!taker.buy);
            while (taker.leaves > 0 && !other.isEmpty()) {
                Level best = other.firstEntry().getValue();
                if (taker.buy ? best.price > limit : best.price < limit) {
                    return;
                }
                Order maker = best.first;
                long filled = Math.min(taker.leaves, maker.leaves);
                taker.leaves -= filled;
                maker.leaves -= filled;
                trades++;
                notional += best.price * filled;
                if (maker.leaves == 0) {
                    remove(maker);
                }
            }
        }

        private Order live(long id) {
            @Nullable Order order = orders.get(id);
            if (order == null) {
                throw new IllegalStateException("order " + id + " does not live");
            }
            return order;
        }

        private void remove(Order order) {
            Level level = order.level;
            orders.remove(order.id);
            level.remove(order);
            if (level.first == null) {
                side(order.buy).remove(level.price);
            }
        }

        private TreeMap<Long, Level> side(boolean buy) {
            return buy ? bids : asks;
        }
    }

    private final Book[] books;
    private long trades;
    private long notional;

    TextbookBooks(int instruments) {
        books = new Book[instruments];
        for (int i = 0; i < instruments; i++) {
            books[i] = new Book();
        }
    }

    @Override
    public void run(FlowCommands flow, int from, int to) {
        for (int i = from; i < to; i++) {
            Book book = books[flow.instrument(i)];
            switch (flow.kind(i)) {
                case NEW -> book.enter(order(flow, i), flow.price(i), true);
                case IOC -> book.enter(order(flow, i), flow.price(i), false);
                case MARKET -> book.enter(order(flow, i), flow.buy(i) ? Long.MAX_VALUE : 0, false);
                case CANCEL -> book.cancel(flow.orderId(i));
                case REPLACE_PRICE -> book.move(flow.orderId(i), flow.price(i));
                case REPLACE_QUANTITY -> book.reduce(flow.orderId(i), flow.reduceBy(i));
            }
        }
    }

    private static Order order(FlowCommands flow, int i) {
        return new Order(flow.orderId(i), flow.buy(i), flow.quantity(i));
    }

    @Override
    public long trades() {
        return trades;
    }

    @Override
    public long notional() {
        return notional;
    }
}
