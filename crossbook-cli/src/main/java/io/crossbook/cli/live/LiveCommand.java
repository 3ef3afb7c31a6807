package io.crossbook.cli.live;

import io.crossbook.cli.backtest.ReplayProcess;
import io.crossbook.cli.backtest.ReplaySettings;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.backtest.RunOptions;
import io.crossbook.cli.backtest.RunOutcome;
import io.crossbook.cli.broker.BrokerOptions;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook live}: the job of the backtest on a topic. */
@Command(
        name = "live",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Runs the job of the backtest on the topic of commands, and keeps trades, orders, positions, lots and P&L in"
                    + " Postgres while it goes on. Stopped by Ctrl-C or killed, the same command goes on where it was.",
            "",
            "A record is one JSON object with the columns of a commands file as its fields; its key is its instrument:",
            "",
            "  ACME  {\"timestamp\":\"2026-03-02T09:00:00Z\",\"instrument\":\"ACME\",\"action\":\"NEW\",",
            "         \"order_id\":\"A1\",\"client_id\":\"alice\",\"side\":\"SELL\",\"type\":\"LIMIT\",",
            "         \"price\":\"100.5\",\"quantity\":\"10\"}",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook publish orders.csv && ./crossbook live --until-end",
            "  ./crossbook live --bootstrap-servers kafka:9092 --db postgres://db/crossbook",
            "",
            "With --until-end the run ends where the topic ended when it was first started,",
            "and writes the files of a backtest to out/RUN-ID, with the same hash.",
            "Exit codes: 0 ok, 1 internal error, 2 wrong use, 3 a check failed, 130 stopped."
        })
public final class LiveCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 128;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_CHECKPOINT_NANOS = 10 * NANOS_PER_MILLI;

    private final Surroundings surroundings;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description =
                    "Tick size, lot size, fees and limits of the instruments (CSV). A restart may add instruments,"
                            + " not change them.")
    private @Nullable Path instruments;

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run. Default: ${DEFAULT-VALUE}.")
    private String runId = "live";

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--db",
            paramLabel = "URL|embedded",
            description = "Where results are stored. User and password of a URL may come from PGUSER and PGPASSWORD."
                    + " Default: ${DEFAULT-VALUE}.")
    private String db = "embedded";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder for the embedded broker and database, state and checkpoints."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".crossbook");

    @Option(names = "--until-end", description = "Ends where the topic ends now, and sums the run up.")
    private boolean untilEnd;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the run's files. Default: out/RUN-ID.")
    private @Nullable Path out;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Instruments are spread over N threads; a restart may change it. Default: ${DEFAULT-VALUE}.")
    private int parallelism = 1;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How often state is saved. Default: 5s.")
    private long checkpointIntervalNanos = 5 * NANOS_PER_SECOND;

    @Option(
            names = "--delivery",
            paramLabel = "low-latency|exactly-once",
            converter = Delivery.class,
            description = "Records of executions, trades, book and P&L at once and at least once, or in transactions"
                    + " that end with each checkpoint. Default: ${DEFAULT-VALUE}.")
    private String delivery = "low-latency";

    @Option(
            names = "--state",
            paramLabel = "heap|rocksdb",
            converter = RunOptions.State.class,
            description = "Where state is kept: in memory, or on disk. Default: ${DEFAULT-VALUE}.")
    private String state = "heap";

    @Option(
            names = "--snapshot-interval",
            paramLabel = "TIME",
            converter = RunOptions.SnapshotInterval.class,
            description = "Event time between P&L snapshots, or none. Default: 1m.")
    private long snapshotIntervalNanos = 60 * NANOS_PER_SECOND;

    @Option(
            names = "--order-ids",
            paramLabel = "day|live",
            converter = RunOptions.OrderIds.class,
            description = "An order id is taken for the trading day, or while its order lives."
                    + " Default: ${DEFAULT-VALUE}.")
    private String orderIds = "day";

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description =
                    "How often a CLOCK command is put on the topic for instruments with orders that are due (GTD),"
                            + " as 1s. Default: never, they end with the next command of their instrument.")
    private long clockNanos;

    @Option(names = "--ignore-extra", description = "Puts up with fields of records that have no meaning here.")
    private boolean ignoreExtra;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = RunOptions.HeapSize.class,
            description = "Memory of the job, as 2g or 1500m. Default: a quarter of the machine's.")
    private @Nullable String heap;

    @Option(names = "--json", description = "Prints the summary of --until-end as one JSON document.")
    private boolean json;

    static final class Delivery extends OneOf {
        Delivery() {
            super("low-latency", "exactly-once");
        }
    }

    public LiveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        check();
        Path data = surroundings.resolve(dataDir);
        Path folder = surroundings.resolve(out != null ? out : Path.of("out", runId));
        ReplayProcess process = new ReplayProcess(surroundings.installation(), surroundings.console());
        process.requireBuilt();
        int exitCode;
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession database = DatabaseSession.open(
                        DatabaseChoice.parse(db, surroundings.environment()), data, surroundings.console())) {
            stopHook.onStop(database::close);
            database.keepRunning(surroundings.console());
            try (BrokerSession session = BrokerSession.open(broker, data, surroundings)) {
                stopHook.onStop(session::close);
                exitCode = process.run(
                        new ReplayProcess.Request(
                                "live",
                                "io.crossbook.replay.LiveMain",
                                runId,
                                data,
                                LiveRequest.json(request(session, database, data, folder)),
                                false,
                                "The same command goes on from the newest checkpoint."),
                        database.address().map(DatabaseAddress::password),
                        heap,
                        stopHook);
            }
        }
        if (exitCode == ExitCode.OK || exitCode == ExitCode.CHECK_FAILED) {
            Path snapshots = new RunNames(data).folder(runId).resolve("pnl_snapshots.csv");
            new RunOutcome(surroundings, folder, snapshots).tell(exitCode, json);
        }
        return exitCode;
    }

    private void check() {
        RunNames.checked(runId);
        broker.check();
        if (DatabaseChoice.parse(db, surroundings.environment()).isNone()) {
            throw new UsageException("--db: a live run needs a database, for what it keeps is there; give a URL, or"
                    + " leave the option out for the embedded one");
        }
        if (parallelism < 1 || parallelism > MOST_PARALLEL) {
            throw new UsageException("--parallelism: expected 1 to " + MOST_PARALLEL + ", was " + parallelism);
        }
        if (checkpointIntervalNanos < SHORTEST_CHECKPOINT_NANOS) {
            throw new UsageException("--checkpoint-interval: expected 10ms or more, was "
                    + DurationValue.format(checkpointIntervalNanos));
        }
        if (instruments != null && !Files.isRegularFile(surroundings.resolve(instruments))) {
            throw new UsageException("--instruments: " + instruments + ": no such file");
        }
    }

    private LiveRequest request(BrokerSession session, DatabaseSession database, Path data, Path folder) {
        return new LiveRequest(
                runId,
                folder.toString(),
                data.toString(),
                instruments == null ? null : surroundings.resolve(instruments).toString(),
                session.bootstrapServers(),
                broker.topicPrefix(),
                broker.partitions(),
                parallelism,
                ReplaySettings.Database.of(database.address().orElseThrow()),
                checkpointIntervalNanos / NANOS_PER_MILLI,
                delivery,
                state,
                snapshotIntervalNanos,
                orderIds,
                clockNanos / NANOS_PER_MILLI,
                ignoreExtra,
                untilEnd,
                Installation.version());
    }
}
