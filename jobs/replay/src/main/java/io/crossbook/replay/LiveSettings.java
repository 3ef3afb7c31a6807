package io.crossbook.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything a live run is told, read once from the JSON file that the command line writes.
 *
 * @param out folder for the run's files, written when it ends
 * @param dataDir folder for state and checkpoints
 * @param instruments instruments file, {@code null} for permissive defaults
 * @param partitions wanted number of partitions, {@code null} for what is there, or the default
 * @param database its password comes by environment
 * @param delivery {@code low-latency}: records of the run at once and at least once; {@code exactly-once}: with each checkpoint
 * @param state {@code heap} or {@code rocksdb}
 * @param snapshotIntervalNanos event time between P&amp;L snapshots, 0 for none
 * @param orderIds {@code day}: unique on the trading day; {@code live}: among live orders
 * @param clockMillis how often orders are looked for that are due by the wall clock, 0 for never
 * @param ignoreExtra whether fields of records without a meaning are passed over instead of refused
 * @param untilEnd whether the run ends where the topic ended when this was first said
 * @param instrumentsOf a run whose instruments this one begins with, before those of the file, {@code null} for none
 * @param flinkPort where Flink's own REST answers on loopback, {@code null} for any free port
 * @param flinkCluster host and port of the REST of a cluster that runs the job, {@code null} for this process
 * @param progress {@code bar} or {@code none}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LiveSettings(
        String runId,
        String out,
        String dataDir,
        @Nullable String instruments,
        String bootstrapServers,
        String topicPrefix,
        @Nullable Integer partitions,
        int parallelism,
        BacktestSettings.Database database,
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
        String version) {
    static LiveSettings read(Path file) throws IOException {
        return BacktestSettings.JSON.readValue(Files.readAllBytes(file), LiveSettings.class);
    }

    String toJson() throws IOException {
        return BacktestSettings.JSON.writeValueAsString(this);
    }

    boolean exactlyOnce() {
        return delivery.equals("exactly-once");
    }

    /** What must be equal when a run goes on: all that decides what the rows say, and where they come from. */
    LiveSettings comparable() {
        return new LiveSettings(
                runId,
                "",
                "",
                null,
                "",
                topicPrefix,
                null,
                0,
                new BacktestSettings.Database("", null),
                0,
                "",
                "",
                snapshotIntervalNanos,
                orderIds,
                0,
                ignoreExtra,
                false,
                null,
                null,
                null,
                "",
                "");
    }
}
