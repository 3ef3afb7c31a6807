package io.crossbook.api.live;

import io.crossbook.api.web.Store;
import io.crossbook.store.queries.BookQuery;
import io.crossbook.store.queries.StoredBook;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The books of a live run by instrument; each begins with what the database has, when it is first needed. */
final class BookViews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BookViews.class);
    private static final long RETRY_MILLIS = 20;
    private static final long AWAY_MILLIS = 1_000;

    private final Store store;
    private final String runId;
    private final Map<String, BookView> views = new ConcurrentHashMap<>();
    private final Set<String> loading = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService loader = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "book loader");
        thread.setDaemon(true);
        return thread;
    });

    BookViews(Store store, String runId) {
        this.store = store;
        this.runId = runId;
    }

    Collection<String> instruments() {
        return views.keySet();
    }

    /** @return whether the record is part of the book now, and was not before */
    boolean apply(BookRecord record) {
        BookView view = views.computeIfAbsent(record.instrument(), BookView::new);
        BookView.Step step = view.apply(record);
        if (step == BookView.Step.WAITS) {
            load(record.instrument(), view, 0);
        }
        return step == BookView.Step.APPLIED;
    }

    private void load(String instrument, BookView view, long delayMillis) {
        if (loading.add(instrument)) {
            loader.schedule(() -> loadNow(instrument, view), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void loadNow(String instrument, BookView view) {
        long again = AWAY_MILLIS;
        try {
            StoredBook stored = store.ask(connection -> BookQuery.newest(connection, runId, instrument));
            if (view.begin(stored)) {
                again = 0;
            } else {
                again = RETRY_MILLIS;
            }
        } catch (Exception away) {
            LOG.warn("the book of {} cannot be read: {}", instrument, away.getMessage());
        }
        loading.remove(instrument);
        if (again > 0) {
            load(instrument, view, again);
        }
    }

    /** The book once it is at that command; 0 for as it is. */
    CompletableFuture<BookView> at(String instrument, long sequence) {
        BookView view = views.computeIfAbsent(instrument, BookView::new);
        if (!view.isKnown()) {
            load(instrument, view, 0);
        }
        return view.whenAt(sequence);
    }

    @Override
    public void close() {
        loader.shutdownNow();
    }
}
