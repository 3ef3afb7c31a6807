package io.crossbook.matching;

import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The price levels that a command changes, each with what it was before. Asked afterwards, it tells those that really
 * differ: a peak that is used up and refilled with the same quantity is no change.
 */
final class LevelChanges {
    private final List<BookLevel> before = new ArrayList<>();

    /** Called before each change of a level; a level may be told several times. */
    void before(Side side, long price, long shown, long hidden, int orders) {
        if (!before.isEmpty()) {
            BookLevel last = before.get(before.size() - 1);
            if (last.price() == price && last.side() == side) {
                return;
            }
        }
        before.add(new BookLevel(side, price, shown, hidden, orders));
    }

    /** Forgets what was told: a book that is being read back changes nothing. */
    void clear() {
        before.clear();
    }

    /** What has changed since the last call: bids from the best, then asks from the best; a gone level has zeros. */
    List<BookLevel> drain(OrderBook book) {
        if (before.isEmpty()) {
            return List.of();
        }
        // The sort is stable, so of several tellings of a level the first, which knows how it was, stays in front.
        before.sort((a, b) -> a.side() != b.side()
                ? a.side().compareTo(b.side())
                : a.side() == Side.BUY ? Long.compare(b.price(), a.price()) : Long.compare(a.price(), b.price()));
        List<BookLevel> changed = new ArrayList<>(before.size());
        for (int i = 0; i < before.size(); i++) {
            BookLevel was = before.get(i);
            boolean first = i == 0
                    || before.get(i - 1).price() != was.price()
                    || before.get(i - 1).side() != was.side();
            if (first) {
                BookLevel is = book.level(was.side(), was.price());
                if (!is.equals(was)) {
                    changed.add(is);
                }
            }
        }
        before.clear();
        return changed;
    }
}
