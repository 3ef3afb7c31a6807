package io.crossbook.api.live;

import io.crossbook.api.ServeSettings;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.store.queries.RunQuery;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The live run that takes orders now, if there is one, and which run an answer is about. */
@Component
public final class LiveRuns {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long LOOK_NANOS = 10_000_000;

    private final Store store;
    private final JsonMapper json;
    private final LiveMetrics metrics;
    private final LiveRun.Followers followers;
    private final Parent parent;
    private volatile @Nullable LiveRun current;

    LiveRuns(
            ServeSettings settings,
            Store store,
            JsonMapper json,
            LiveMetrics metrics,
            LiveRun.Followers followers,
            Parent parent,
            MeterRegistry registry) {
        this.store = store;
        this.json = json;
        this.metrics = metrics;
        this.followers = followers;
        this.parent = parent;
        if (settings.live() != null) {
            begin(settings.live());
        }
        Gauge.builder(
                        "orders.waiting",
                        () -> Optional.ofNullable(current).map(LiveRun::waiting).orElse(0))
                .description("commands whose outcome is awaited")
                .register(registry);
    }

    /** Takes orders for that run from now on, and for no other. */
    public synchronized void begin(ServeSettings.Live live) {
        LiveRun before = current;
        LiveRun begun = new LiveRun(live, store, json, Clock.systemUTC(), metrics, followers);
        begun.start();
        current = begun;
        if (before != null) {
            before.close();
        }
    }

    /**
     * Has the live run ended and another one started in its place.
     *
     * @return its name, once it takes orders
     * @throws Problem 409 if that goes on already
     */
    public CompletableFuture<String> reset() {
        return parent.reset()
                .orElseThrow(() -> Problem.conflict("RESET_IN_PROGRESS", "the live run is being reset already"))
                .exceptionally(failed -> {
                    throw Problem.unavailable("RESET_FAILED", "no other run could be started: " + failed.getMessage());
                })
                .thenApplyAsync(live -> {
                    begin(live);
                    awaitConnected(live.runId());
                    return live.runId();
                });
    }

    private void awaitConnected(String runId) {
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (!require().isConnected()) {
            if (System.nanoTime() > giveUpAt) {
                throw Problem.unavailable(
                        "RUN_NOT_READY", "run \"" + runId + "\" was started, but takes no orders yet");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    public Optional<LiveRun> current() {
        return Optional.ofNullable(current);
    }

    /**
     * @throws Problem 503 if no run takes orders
     */
    public LiveRun require() {
        LiveRun live = current;
        if (live == null) {
            throw Problem.unavailable(
                    "NO_LIVE_RUN",
                    "no live run takes orders here; start one with ./crossbook up, the runs that are"
                            + " stored can be read");
        }
        return live;
    }

    /** The live run, if that is the one asked for. */
    public Optional<LiveRun> currentIf(String runId) {
        return current().filter(live -> live.runId().equals(runId));
    }

    /**
     * Settles which run an answer is about, and waits until it can tell all that was answered before.
     *
     * @param asked {@code null} for the live one, else the newest
     * @throws Problem 404 if there is none
     */
    public String readable(@Nullable String asked) throws SQLException {
        Parameters.optional("run", asked);
        LiveRun live = current;
        if (live != null && (asked == null || asked.equals(live.runId()))) {
            live.awaitTold();
            return live.runId();
        }
        if (asked == null) {
            return store.ask(RunQuery::newest)
                    .orElseThrow(
                            () -> Problem.notFound("NO_RUN", "no run is stored here yet; ./crossbook demo makes one"));
        }
        if (store.ask(connection -> RunQuery.find(connection, asked)).isEmpty()) {
            throw Problem.notFound("UNKNOWN_RUN", "no run \"" + asked + "\"; GET /api/v1/runs lists the runs");
        }
        return asked;
    }

    @PreDestroy
    void close() {
        LiveRun live = current;
        if (live != null) {
            live.close();
        }
    }
}
