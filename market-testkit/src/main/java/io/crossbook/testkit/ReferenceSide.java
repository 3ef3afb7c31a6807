package io.crossbook.testkit;

import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One side of the reference book: queues of orders by price, the best price first. */
final class ReferenceSide {
    private final Side side;
    private final TreeMap<Long, List<ReferenceOrder>> queues;

    ReferenceSide(Side side) {
        this.side = side;
        Comparator<Long> rising = Comparator.naturalOrder();
        this.queues = new TreeMap<>(side == Side.BUY ? rising.reversed() : rising);
    }

    /** Puts an order at the back of its price. */
    void add(ReferenceOrder order) {
        queues.computeIfAbsent(order.priceOrNone(), price -> new ArrayList<>()).add(order);
    }

    void remove(ReferenceOrder order) {
        List<ReferenceOrder> queue = queues.get(order.priceOrNone());
        if (queue == null || !queue.remove(order)) {
            throw new IllegalStateException("order " + order.id + " is not in its queue");
        }
        if (queue.isEmpty()) {
            queues.remove(order.priceOrNone());
        }
    }

    /** The order that trades next. */
    @Nullable
    ReferenceOrder front() {
        return queues.isEmpty() ? null : queues.firstEntry().getValue().get(0);
    }

    /** Queues from the best price. */
    Collection<List<ReferenceOrder>> queues() {
        return queues.values();
    }

    /** All orders from the best price, in their queues' order. */
    List<ReferenceOrder> orders() {
        return queues.values().stream().flatMap(List::stream).toList();
    }

    List<BookLevel> levels() {
        List<BookLevel> levels = new ArrayList<>();
        queues.forEach((price, queue) -> levels.add(new BookLevel(
                side,
                price,
                queue.stream().mapToLong(ReferenceOrder::shown).sum(),
                queue.stream().mapToLong(ReferenceOrder::hidden).sum(),
                queue.size())));
        return levels;
    }
}
