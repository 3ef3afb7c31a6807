package io.crossbook.replay.input;

import io.crossbook.model.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The orders that were in the book before the first message of a LOBSTER file.
 *
 * <p>The first row of the order book file shows the levels after the first message; with that message undone they are
 * the opening levels. Which orders they are made of is known only in part: an id that is below the first new one and
 * whose first message is not its entry was there before, with all the size that its later messages take off. These
 * come one by one, by id, since ids rise with entry. What they leave of a level is one block behind them and ahead of
 * every later order.
 */
final class LobsterOpening {
    /**
     * One opening order.
     *
     * @param isKnown whether it is an order of the exchange's own, not the rest of a level
     * @param price in 1/10000 dollar
     */
    record Order(String orderId, boolean isKnown, Side side, long price, long size) {}

    private static final class Older {
        private final Side side;
        private final long price;
        private long size;

        private Older(Side side, long price) {
            this.side = side;
            this.price = price;
        }
    }

    private final TreeMap<Long, Older> olderById = new TreeMap<>();

    private final List<Order> orders = new ArrayList<>();
    private long time;

    private LobsterOpening() {}

    /**
     * Reads the messages once to find the older orders.
     *
     * @param firstRow of the order book file
     */
    static LobsterOpening find(PlannedFile file, List<Long> firstRow) throws IOException {
        Map<Side, TreeMap<Long, Long>> levels = levels(firstRow);
        LobsterOpening opening = new LobsterOpening();
        try (LineSource source = new LineSource(file.file().path(), 0, 0)) {
            LobsterLine message = new LobsterLine(source, file.midnight());
            if (message.advance() && message.fault() == null) {
                opening.time = message.time();
                undo(message, levels);
                opening.collectOlder(message);
            }
        }
        opening.listOrders(levels);
        return opening;
    }

    /** Time of the first message: the orders were there just before it. */
    long time() {
        return time;
    }

    /** In the order in which they are to be entered. */
    List<Order> orders() {
        return orders;
    }

    /** Price to size of each side; a row has ask price, ask size, bid price, bid size of each level. */
    private static Map<Side, TreeMap<Long, Long>> levels(List<Long> row) {
        TreeMap<Long, Long> asks = new TreeMap<>();
        TreeMap<Long, Long> bids = new TreeMap<>();
        for (int i = 0; i + 3 < row.size(); i += 4) {
            // Levels that do not exist have size 0.
            if (row.get(i + 1) > 0) {
                asks.put(row.get(i), row.get(i + 1));
            }
            if (row.get(i + 3) > 0) {
                bids.put(row.get(i + 2), row.get(i + 3));
            }
        }
        return Map.of(Side.SELL, asks, Side.BUY, bids);
    }

    private static void undo(LobsterLine first, Map<Side, TreeMap<Long, Long>> levels) {
        boolean added = first.type() == LobsterLine.NEW;
        boolean taken = first.type() >= LobsterLine.REDUCE && first.type() <= LobsterLine.EXECUTE;
        if (added || taken) {
            levels.get(first.side()).merge(first.price(), added ? -first.size() : first.size(), (size, change) -> {
                long before = size + change;
                return before > 0 ? before : null;
            });
        }
    }

    /** From the message that stands there to the end of the file. */
    private void collectOlder(LobsterLine message) throws IOException {
        Set<Long> seen = new HashSet<>();
        long firstNew = Long.MAX_VALUE;
        do {
            int type = message.type();
            if (message.fault() != null || type > LobsterLine.EXECUTE || message.orderId() >= firstNew) {
                continue;
            }
            if (type == LobsterLine.NEW && firstNew == Long.MAX_VALUE) {
                firstNew = message.orderId();
                olderById.tailMap(firstNew).clear();
            }
            boolean first = seen.add(message.orderId());
            if (first && type != LobsterLine.NEW) {
                olderById.put(message.orderId(), new Older(message.side(), message.price()));
            }
            Older older = olderById.get(message.orderId());
            if (older != null && type != LobsterLine.NEW) {
                older.size += message.size();
            }
        } while (message.advance());
    }

    private void listOrders(Map<Side, TreeMap<Long, Long>> levels) {
        Map<Side, Map<Long, Long>> left = new HashMap<>();
        levels.forEach((side, sizes) -> left.put(side, new HashMap<>(sizes)));
        olderById.forEach((id, older) -> {
            if (older.size > 0) {
                orders.add(new Order(Long.toString(id), true, older.side, older.price, older.size));
                left.get(older.side).computeIfPresent(older.price, (price, size) -> size - older.size);
            }
        });
        for (Side side : Side.values()) {
            TreeMap<Long, Long> sizes = levels.get(side);
            for (long price : side == Side.BUY ? sizes.descendingKeySet() : sizes.keySet()) {
                long rest = left.get(side).get(price);
                if (rest > 0) {
                    String name = "opening-" + side + '-' + LobsterLine.dollars(price);
                    orders.add(new Order(name, false, side, price, rest));
                }
            }
        }
    }
}
