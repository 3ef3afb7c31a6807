package io.crossbook.cli.live;

import io.crossbook.cli.backtest.JobOptions;
import io.crossbook.cli.backtest.ReplaySettings;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.broker.BrokerOptions;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.process.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a live run, whoever starts it. */
public final class LiveOptions {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_CHECKPOINT_NANOS = 10 * NANOS_PER_MILLI;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description =
                    "Tick size, lot size, fees and limits of the instruments (CSV). A restart may add instruments,"
                            + " not change them.")
    @Nullable
    Path instruments;

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run. Default: ${DEFAULT-VALUE}.")
    String runId = "live";

    @Mixin
    BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--db",
            paramLabel = "URL|embedded",
            description = "Where results are stored. User and password of a URL may come from PGUSER and PGPASSWORD."
                    + " Default: ${DEFAULT-VALUE}.")
    String db = "embedded";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder for the embedded broker and database, state and checkpoints."
                    + " Default: ${DEFAULT-VALUE}.")
    Path dataDir = Path.of(".crossbook");

    @Mixin
    JobOptions job = new JobOptions();

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How often state is saved. Default: 5s.")
    long checkpointIntervalNanos = 5 * NANOS_PER_SECOND;

    @Option(
            names = "--delivery",
            paramLabel = "low-latency|exactly-once",
            converter = Delivery.class,
            description = "Records of executions, trades, book and P&L at once and at least once, or in transactions"
                    + " that end with each checkpoint. Default: ${DEFAULT-VALUE}.")
    String delivery = "low-latency";

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description =
                    "How often a CLOCK command is put on the topic for instruments with orders that are due (GTD),"
                            + " as 1s. Default: never, they end with the next command of their instrument.")
    long clockNanos;

    @Option(names = "--ignore-extra", description = "Puts up with fields of records that have no meaning here.")
    boolean ignoreExtra;

    public static final class Delivery extends OneOf {
        public Delivery() {
            super("low-latency", "exactly-once");
        }
    }

    /** Refuses values that picocli's types let through. */
    public void check(Surroundings surroundings) {
        RunNames.checked(runId);
        broker.check();
        if (database(surroundings).isNone()) {
            throw new UsageException("--db: a live run needs a database, for what it keeps is there; give a URL, or"
                    + " leave the option out for the embedded one");
        }
        job.check();
        if (checkpointIntervalNanos < SHORTEST_CHECKPOINT_NANOS) {
            throw new UsageException("--checkpoint-interval: expected 10ms or more, was "
                    + DurationValue.format(checkpointIntervalNanos));
        }
        if (instruments != null && !Files.isRegularFile(surroundings.resolve(instruments))) {
            throw new UsageException("--instruments: " + instruments + ": no such file");
        }
    }

    /** Refuses what is embedded, which would end with this command. */
    void requireAddresses(Surroundings surroundings, String option) {
        if (broker.elsewhere().isEmpty() || database(surroundings).elsewhere().isEmpty()) {
            throw new UsageException(option
                    + ": also needs --bootstrap-servers and the URL of --db; what is embedded ends with this command");
        }
    }

    /** What the command gives the run besides, each time it starts. */
    public record Start(
            String runId,
            String topicPrefix,
            Path out,
            boolean untilEnd,
            @Nullable String instrumentsOf,
            @Nullable Integer flinkPort,
            @Nullable String flinkCluster) {}

    /** What the live program is told, as JSON. */
    public String settings(Start start, BrokerSession session, DatabaseAddress database, Surroundings surroundings) {
        return SettingsFile.json(new LiveRequest(
                start.runId(),
                surroundings.resolve(start.out()).toString(),
                dataDir(surroundings).toString(),
                instruments == null ? null : surroundings.resolve(instruments).toString(),
                session.bootstrapServers(),
                start.topicPrefix(),
                broker.partitions(),
                job.parallelism(),
                ReplaySettings.Database.of(database),
                checkpointIntervalMillis(),
                delivery,
                job.state(),
                job.snapshotIntervalNanos(),
                job.orderIds(),
                clockNanos / NANOS_PER_MILLI,
                ignoreExtra,
                start.untilEnd(),
                start.instrumentsOf(),
                start.flinkPort(),
                start.flinkCluster(),
                start.untilEnd() && surroundings.console().progressBar() ? "bar" : "none",
                Installation.version()));
    }

    public String runId() {
        return runId;
    }

    public BrokerOptions broker() {
        return broker;
    }

    public DatabaseChoice database(Surroundings surroundings) {
        return DatabaseChoice.parse(db, surroundings.environment());
    }

    public Path dataDir(Surroundings surroundings) {
        return surroundings.resolve(dataDir);
    }

    public @Nullable String heap(Surroundings surroundings) {
        return job.heap(surroundings.environment());
    }

    public boolean exactlyOnce() {
        return delivery.equals("exactly-once");
    }

    public long checkpointIntervalMillis() {
        return checkpointIntervalNanos / NANOS_PER_MILLI;
    }
}
