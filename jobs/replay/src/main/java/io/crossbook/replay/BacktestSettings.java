package io.crossbook.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a backtest is told, read once from the JSON file that the command line writes.
 *
 * @param runId letters, digits, {@code . _ -}
 * @param out folder for the run's files
 * @param dataDir folder for state, checkpoints and spools
 * @param instruments instruments file, {@code null} for permissive defaults
 * @param map column names: theirs to ours
 * @param database {@code null} for a run without Postgres; its password comes by environment
 * @param state {@code heap} or {@code rocksdb}
 * @param snapshotIntervalNanos event time between P&amp;L snapshots, 0 for none
 * @param orderIds {@code day}: unique on the trading day; {@code live}: among live orders
 * @param maxRejects unreadable lines that are put up with, {@code null} for any number
 * @param speed event time over wall clock, {@code null} for as fast as possible
 * @param from first time taken, nanoseconds since 1970 UTC
 * @param to an instrument ends before its first record later than this
 * @param zone time zone of LOBSTER files
 * @param progress {@code bar} or {@code none}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BacktestSettings(
        String runId,
        String out,
        String dataDir,
        List<InputFile> files,
        @Nullable String instruments,
        Map<String, String> map,
        boolean ignoreExtra,
        int parallelism,
        @Nullable Database database,
        long checkpointIntervalMillis,
        String state,
        long snapshotIntervalNanos,
        boolean executions,
        boolean bookHistory,
        String orderIds,
        @Nullable Long maxRejects,
        @Nullable String speed,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String openingBook,
        String zone,
        boolean resume,
        boolean replace,
        String progress,
        String version)
        implements RunInput.Request {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * @param name as on the command line
     * @param format AUTO, COMMANDS, FILLS, MARKS or LOBSTER
     */
    record InputFile(
            String name,
            String path,
            String format,
            @Nullable String instrument,
            @Nullable String date) {}

    /** @param url of JDBC, without secrets */
    record Database(String url, @Nullable String user) {}

    static BacktestSettings read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), BacktestSettings.class);
    }

    String toJson() throws IOException {
        return JSON.writeValueAsString(this);
    }

    /** What must be equal for a resumed run; how it is shown and where the server listens may differ. */
    BacktestSettings comparable() {
        return new BacktestSettings(
                runId,
                out,
                dataDir,
                files,
                instruments,
                map,
                ignoreExtra,
                parallelism,
                database == null ? null : new Database("", null),
                checkpointIntervalMillis,
                state,
                snapshotIntervalNanos,
                executions,
                bookHistory,
                orderIds,
                maxRejects,
                speed,
                from,
                to,
                openingBook,
                zone,
                false,
                false,
                "none",
                version);
    }
}
