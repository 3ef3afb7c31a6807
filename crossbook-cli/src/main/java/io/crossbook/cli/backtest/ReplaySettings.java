package io.crossbook.cli.backtest;

import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.process.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the replay process is told, as one JSON document with the keys in snake case. Paths are absolute; a password is
 * never in it.
 *
 * @param map names of columns, theirs to ours
 * @param snapshotIntervalNanos event time between P&amp;L snapshots, 0 for none
 * @param maxRejects unreadable lines to put up with, {@code null} for any number
 * @param speed event time over wall clock as a decimal, {@code null} for as fast as it goes
 * @param from first time taken, nanoseconds since 1970 UTC
 * @param to an instrument ends before its first record later than this
 * @param progress {@code bar} or {@code none}
 */
public record ReplaySettings(
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
        String version) {
    /**
     * One file to replay.
     *
     * @param name as typed, for messages and rejects
     * @param format AUTO (by the header), COMMANDS, FILLS, MARKS or LOBSTER
     * @param instrument of a LOBSTER file
     * @param date of a LOBSTER file, ISO
     */
    public record InputFile(
            String name,
            String path,
            String format,
            @Nullable String instrument,
            @Nullable String date) {}

    /** @param url of JDBC, without user and password */
    public record Database(String url, String user) {
        public static Database of(DatabaseAddress address) {
            return new Database(address.jdbcUrl(), address.user());
        }
    }

    Path outFolder() {
        return Path.of(out);
    }

    String toJson() {
        return SettingsFile.json(this);
    }
}
