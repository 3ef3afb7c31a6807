package io.crossbook.cli.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossbook.cli.backtest.ReplaySettings;
import org.jspecify.annotations.Nullable;

/** What the live program is told, as one JSON document with the keys in snake case; a password is never in it. */
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
        String version) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static String json(Object request) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings cannot be written as JSON", e);
        }
    }
}
