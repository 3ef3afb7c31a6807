package io.crossbook.cli.api;

import org.jspecify.annotations.Nullable;

/**
 * The live run that the API takes orders for, and how to reach it.
 *
 * @param flinkUrl where its job answers, {@code null} if nobody knows
 */
public record LiveRun(
        String runId,
        String bootstrapServers,
        String topicPrefix,
        boolean exactlyOnce,
        long checkpointIntervalMillis,
        @Nullable String flinkUrl) {}
