package io.crossbook.api.live;

import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Store;
import io.crossbook.store.queries.WrittenQuery;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What an answer told, every later one tells: a read waits until the database has the commands whose outcome was told
 * before. The job stores them within milliseconds, mostly before anybody asks.
 */
final class ReadBarrier {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 2;

    private final Store store;
    private final String runId;
    /** The newest command told of each instrument that may not be stored yet. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private Map<String, Long> stored = Map.of();

    ReadBarrier(Store store, String runId) {
        this.store = store;
        this.runId = runId;
    }

    void told(String instrument, long sequence) {
        told.merge(instrument, sequence, Math::max);
    }

    /**
     * Waits until all that was told by now is stored.
     *
     * @throws Problem 503 if that takes too long
     */
    void await() throws SQLException {
        if (told.isEmpty()) {
            return;
        }
        Map<String, Long> wanted = new HashMap<>(told);
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (!isStored(wanted)) {
            if (System.nanoTime() > giveUpAt) {
                throw Problem.unavailable(
                        "RESULTS_BEHIND", "the database does not have yet what was answered before; try again");
            }
            pause();
        }
    }

    /** One asks for all who wait. */
    private synchronized boolean isStored(Map<String, Long> wanted) throws SQLException {
        if (!covers(wanted)) {
            stored = store.ask(connection -> WrittenQuery.stored(connection, runId));
            stored.forEach((instrument, sequence) ->
                    told.computeIfPresent(instrument, (same, asked) -> asked <= sequence ? null : asked));
        }
        return covers(wanted);
    }

    private boolean covers(Map<String, Long> wanted) {
        return wanted.entrySet().stream().allMatch(each -> stored.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("STOPPING", "the program is being stopped");
        }
    }
}
