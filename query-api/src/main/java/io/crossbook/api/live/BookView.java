package io.crossbook.api.live;

import io.crossbook.model.Decimal;
import io.crossbook.store.queries.StoredBook;
import io.crossbook.store.queries.StoredLevel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The displayed book of one instrument, kept from the topic {@code book}.
 *
 * <p>It begins with a whole book, from the database or from the topic, and goes on with what follows it. Records that come
 * before it is there wait. When a checksum says that something is missing, it begins anew.
 */
final class BookView {
    private static final int MOST_WAITING = 20_000;

    private final String instrument;
    private final TreeMap<Decimal, BookLevel> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Decimal, BookLevel> asks = new TreeMap<>();
    private final Deque<BookRecord> waiting = new ArrayDeque<>();
    private final List<Reached> reached = new ArrayList<>();
    private boolean known;
    private long sequence;
    private int eventNo;
    /** Of the book as it is, if it is known. */
    private long checksum;

    private long newestSeen;

    BookView(String instrument) {
        this.instrument = instrument;
    }

    private record Reached(long sequence, CompletableFuture<BookView> told) {}

    /** What became of a record. */
    enum Step {
        /** It is part of the book now. */
        APPLIED,
        /** It was there already. */
        REPEATED,
        /** The book is not known; {@link #begin} is needed. */
        WAITS
    }

    synchronized boolean isKnown() {
        return known;
    }

    synchronized long sequence() {
        return sequence;
    }

    Step apply(BookRecord record) {
        Step step = take(record);
        tellReached();
        return step;
    }

    private synchronized Step take(BookRecord record) {
        newestSeen = Math.max(newestSeen, record.sequence());
        if (known && isOld(record)) {
            return Step.REPEATED;
        }
        if (record.snapshot()) {
            replace(record);
            return Step.APPLIED;
        }
        if (!known) {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(record);
            return Step.WAITS;
        }
        change(record);
        if (checksum != record.checksum()) {
            known = false;
            waiting.clear();
            waiting.addLast(record);
            return Step.WAITS;
        }
        return Step.APPLIED;
    }

    private boolean isOld(BookRecord record) {
        return record.sequence() < sequence || (record.sequence() == sequence && record.eventNo() <= eventNo);
    }

    private void replace(BookRecord whole) {
        bids.clear();
        asks.clear();
        change(whole);
        known = true;
        waiting.clear();
    }

    private void change(BookRecord record) {
        for (BookRecord.Level level : record.levels()) {
            put(level.side(), Decimal.parse(level.price()), Decimal.parse(level.quantity()), level.orders());
        }
        stand(record.sequence(), record.eventNo());
    }

    private void stand(long sequence, int eventNo) {
        this.sequence = sequence;
        this.eventNo = eventNo;
        this.checksum = DisplayedBook.checksum(bids.values(), asks.values());
    }

    private void put(String side, Decimal price, Decimal quantity, int orders) {
        TreeMap<Decimal, BookLevel> levels = side.equals("BUY") ? bids : asks;
        if (quantity.signum() == 0) {
            levels.remove(price);
        } else {
            levels.put(price, new BookLevel(price, quantity, orders));
        }
    }

    /**
     * Begins with a book as it is stored, and what came behind it.
     *
     * @return whether that fits together; if not, the database is behind and should be asked again
     */
    boolean begin(StoredBook stored) {
        boolean fits = take(stored);
        tellReached();
        return fits;
    }

    private synchronized boolean take(StoredBook stored) {
        if (known) {
            return true;
        }
        bids.clear();
        asks.clear();
        stored.bids().forEach(this::put);
        stored.asks().forEach(this::put);
        stand(stored.sequence(), Integer.MAX_VALUE);
        for (BookRecord record : waiting) {
            if (!isOld(record)) {
                change(record);
                if (checksum != record.checksum()) {
                    return false;
                }
            }
        }
        if (sequence < newestSeen) {
            return false;
        }
        waiting.clear();
        known = true;
        return true;
    }

    private void put(StoredLevel level) {
        put(level.side(), level.price(), level.quantity(), level.orders());
    }

    /** Completes when the book is at that command, or already behind it. */
    synchronized CompletableFuture<BookView> whenAt(long wanted) {
        if (known && sequence >= wanted) {
            return CompletableFuture.completedFuture(this);
        }
        Reached asked = new Reached(wanted, new CompletableFuture<>());
        reached.add(asked);
        asked.told().whenComplete((done, failed) -> forget(asked));
        return asked.told();
    }

    private synchronized void forget(Reached asked) {
        reached.remove(asked);
    }

    /** Outside of the lock: who is told goes on from here. */
    private void tellReached() {
        takeReached().forEach(asked -> asked.told().complete(this));
    }

    private synchronized List<Reached> takeReached() {
        if (!known || reached.isEmpty()) {
            return List.of();
        }
        List<Reached> due =
                reached.stream().filter(asked -> sequence >= asked.sequence()).toList();
        reached.removeAll(due);
        return due;
    }

    /** The best levels of both sides, as they are now. */
    synchronized DisplayedBook top(int levels) {
        return DisplayedBook.of(instrument, sequence, bids.values(), asks.values(), levels, checksum);
    }
}
