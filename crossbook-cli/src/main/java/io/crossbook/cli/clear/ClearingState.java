package io.crossbook.cli.clear;

import io.crossbook.store.clearing.ClearingRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A clearing and where it is.
 *
 * @param underWay whether a process is working on it
 */
record ClearingState(ClearingRun run, boolean underWay) {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Of all clearings of a trading run. One process at a time works on them: on the one that gave the last sign of life.
     *
     * @param taken whether a process has the chain
     */
    static List<ClearingState> ofChain(List<ClearingRun> clearings, boolean taken) {
        Optional<ClearingRun> newest = clearings.stream()
                .filter(run -> run.state() == ClearingRun.State.RUNNING)
                .max(Comparator.comparingLong(ClearingRun::heartbeatAt));
        return clearings.stream()
                .map(run -> new ClearingState(
                        run, taken && newest.isPresent() && newest.get().equals(run)))
                .toList();
    }

    String word() {
        return switch (run.state()) {
            case RUNNING -> underWay ? "running" : "cut off";
            case FAILED -> "failed";
            case COMPLETED -> {
                if (run.whatIf()) {
                    yield "what-if";
                }
                yield !run.official() ? "superseded" : run.stale() ? "stale" : "official";
            }
        };
    }

    Instant started() {
        return instant(run.startedAt());
    }

    /** From its beginning to its end, or to its last sign of life. */
    double seconds() {
        long end = run.endedAt() == null ? run.heartbeatAt() : run.endedAt();
        return (end - run.startedAt()) / NANOS_PER_SECOND;
    }

    View view() {
        return new View(
                run.runId(),
                run.businessDate().toString(),
                run.runNo(),
                run.whatIf(),
                word(),
                run.official(),
                run.stale(),
                run.reason(),
                run.step(),
                started().toString(),
                run.endedAt() == null ? null : instant(run.endedAt()).toString(),
                seconds(),
                run.failure(),
                run.hash());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    /** As a JSON object. */
    record View(
            String runId,
            String businessDate,
            int runNo,
            boolean whatIf,
            String state,
            boolean official,
            boolean stale,
            @Nullable String reason,
            @Nullable String step,
            String startedAt,
            @Nullable String endedAt,
            double seconds,
            @Nullable String failure,
            @Nullable String hash) {}
}
