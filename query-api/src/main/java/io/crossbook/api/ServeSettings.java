package io.crossbook.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything the API is told, read once from the JSON file that the command line writes.
 *
 * @param host address to listen at
 * @param port to listen at, 0 for any
 * @param database its password comes by environment
 * @param live the live run that takes orders, {@code null} without a broker
 * @param dataDir folder of state, for the log
 * @param rateLimit requests per second and caller, 0 for no limit
 * @param allowReset whether {@code POST /portfolio/reset} may end the live run
 * @param clearCommand the words that start {@code crossbook clear}, to which its options are added; {@code null} where no
 *     clearing may be asked for
 */
public record ServeSettings(
        String host,
        int port,
        Database database,
        @Nullable Live live,
        String dataDir,
        int rateLimit,
        boolean allowReset,
        @Nullable List<String> clearCommand,
        String version) {
    /** Where the runs are. */
    public record Database(String jdbcUrl, @Nullable String user) {}

    /**
     * The live run and how to reach it.
     *
     * @param flinkUrl where its job answers, {@code null} if nobody knows
     * @param exactlyOnce whether its records become visible with each checkpoint only
     */
    public record Live(
            String runId,
            String bootstrapServers,
            String topicPrefix,
            boolean exactlyOnce,
            long checkpointIntervalMillis,
            @Nullable String flinkUrl) {}

    static ServeSettings read(Path file) throws java.io.IOException {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .readValue(Files.readAllBytes(file), ServeSettings.class);
    }
}
