package io.crossbook.store.queries;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is listed.
 *
 * @param state RUNNING, FINISHED or FAILED
 * @param failure why it failed
 * @param hash {@code null} until it is finished, as are the counts
 * @param firstTimestamp smallest time of a command, {@code null} for an empty run too
 */
public record StoredRun(
        String runId,
        String mode,
        String version,
        String state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String failure,
        @Nullable String hash,
        @Nullable Long inputRows,
        @Nullable Long accepted,
        @Nullable Long rejected,
        @Nullable Long duplicate,
        @Nullable Long trades,
        @Nullable Instant firstTimestamp,
        @Nullable Instant lastTimestamp) {}
