package io.crossbook.clearing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the program is told, as one JSON document with the keys in snake case. Paths are absolute; a password is never in it.
 *
 * @param action what to do
 * @param runId the trading run, {@code null} for the one that has trades
 * @param date ISO, {@code null} to recover whatever was cut off
 * @param files by the option that named each: the name as typed and where the file is
 * @param reason why a date is cleared again
 * @param cascade whether the days behind it are cleared again, too
 * @param member whose statements are written again, {@code null} for all files of the clearing
 * @param out folder for the files of the clearing, {@code null} for the default below {@code outRoot}
 * @param outRoot where clearings go by default
 * @param result file for what came of it
 * @param terminal whether standard error is one
 */
record ClearingSettings(
        Action action,
        @Nullable String runId,
        @Nullable String date,
        String calendar,
        long closingWindowNanos,
        long minTrades,
        @Nullable String marginModel,
        @Nullable String settlementMethod,
        Map<String, NamedFile> files,
        @Nullable String reason,
        boolean cascade,
        @Nullable String member,
        @Nullable String out,
        String outRoot,
        Login database,
        String result,
        String log,
        boolean terminal,
        String version) {
    /** What to do. */
    enum Action {
        CLEAR,
        RECOVER,
        WHAT_IF,
        STATEMENTS
    }

    /** @param name as typed, for messages */
    record NamedFile(String name, String path) {}

    /** @param url of JDBC, without user and password */
    record Login(String url, @Nullable String user) {}

    static ClearingSettings read(Path file) throws IOException {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readValue(Files.readString(file), ClearingSettings.class);
    }

    /** Whether the folder that was named gets a folder below it for each clearing, since there may be several. */
    boolean outHoldsSeveral() {
        return cascade || action == Action.RECOVER;
    }

    @Nullable
    LocalDate businessDate() {
        return date == null ? null : LocalDate.parse(date);
    }
}
