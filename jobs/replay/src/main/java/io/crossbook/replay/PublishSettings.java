package io.crossbook.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that publishing files is told, read once from the JSON file that the command line writes. What is said of the
 * input is that of {@link BacktestSettings}.
 *
 * @param partitions wanted number of partitions, {@code null} for what is there, or the default
 * @param speed event time over wall clock, {@code null} for as fast as possible
 * @param progress {@code bar} or {@code none}
 * @param result file for what came of it
 * @param log file for what went wrong
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PublishSettings(
        List<BacktestSettings.InputFile> files,
        Map<String, String> map,
        boolean ignoreExtra,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String openingBook,
        String zone,
        String bootstrapServers,
        String topicPrefix,
        @Nullable Integer partitions,
        @Nullable String speed,
        String progress,
        String result,
        String log)
        implements RunInput.Request {
    static PublishSettings read(Path file) throws IOException {
        return BacktestSettings.JSON.readValue(Files.readAllBytes(file), PublishSettings.class);
    }
}
