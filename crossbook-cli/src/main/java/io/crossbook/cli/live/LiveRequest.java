package io.crossbook.cli.live;

import io.crossbook.cli.backtest.ReplaySettings;
import org.jspecify.annotations.Nullable;

/** What the live program is told; see there. */
record LiveRequest(
        String runId,
        String out,
        String dataDir,
        @Nullable String instruments,
        String bootstrapServers,
        String topicPrefix,
        @Nullable Integer partitions,
        int parallelism,
        ReplaySettings.Database database,
        long checkpointIntervalMillis,
        String delivery,
        String state,
        long snapshotIntervalNanos,
        String orderIds,
        long clockMillis,
        boolean ignoreExtra,
        boolean untilEnd,
        @Nullable String instrumentsOf,
        @Nullable Integer flinkPort,
        @Nullable String flinkCluster,
        String progress,
        String version) {}
