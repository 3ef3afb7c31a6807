package io.crossbook.cli.live;

import io.crossbook.cli.backtest.ReplayProcess;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.backtest.RunOutcome;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.HostAndPort;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseSession;
import java.io.IOException;
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
            "  ./crossbook live --flink jobmanager:8081 --parallelism 2 --data-dir /shared/crossbook",
            "",
            "With --until-end the run ends where the topic ended when it was first started,",
            "and writes the files of a backtest to out/RUN-ID, with the same hash. One that",
            "has it from its start is stored faster, has its keys in Postgres once it ends,",
            "and after a crash goes on with the same --parallelism.",
            "Exit codes: 0 ok, 1 internal error, 2 wrong use, 3 a check failed, 130 stopped."
        })
public final class LiveCommand implements Callable<Integer> {
    private static final String LIVE_MAIN = "io.crossbook.replay.LiveMain";

    private final Surroundings surroundings;

    @Mixin
    private LiveOptions options = new LiveOptions();

    @Option(names = "--until-end", description = "Ends where the topic ends now, and sums the run up.")
    private boolean untilEnd;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the run's files. Default: out/RUN-ID.")
    private @Nullable Path out;

    @Option(
            names = "--flink",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            description =
                    "Runs the job on the Flink cluster whose REST answers there, instead of in a process of its own."
                            + " The cluster must see --data-dir under the same path, and reach broker and database.")
    private @Nullable String flinkCluster;

    @Option(
            names = "--settings-to",
            paramLabel = "FILE",
            description = "Writes what the job is to be told to this file, for flink run, and starts nothing. Needs"
                    + " --bootstrap-servers and --db.")
    private @Nullable Path settingsTo;

    @Option(names = "--json", description = "Prints the summary of --until-end as one JSON document.")
    private boolean json;

    public LiveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        options.check(surroundings);
        Path settingsFile = settingsTo;
        if (settingsFile != null) {
            options.requireAddresses(surroundings, "--settings-to");
        }
        Path data = options.dataDir(surroundings);
        Path folder = surroundings.resolve(out != null ? out : Path.of("out", options.runId()));
        ReplayProcess process = new ReplayProcess(surroundings.installation(), surroundings.console());
        process.requireBuilt();
        int exitCode;
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession database = stopHook.opened(
                        () -> DatabaseSession.open(options.database(surroundings), data, surroundings.console()))) {
            database.keepRunning(surroundings.console());
            try (BrokerSession broker =
                    stopHook.opened(() -> BrokerSession.open(options.broker(), data, surroundings))) {
                if (settingsFile != null) {
                    return write(surroundings.resolve(settingsFile), settings(broker, database, folder));
                }
                exitCode = process.run(
                        new ReplayProcess.Request(
                                "live",
                                LIVE_MAIN,
                                options.runId(),
                                data,
                                settings(broker, database, folder),
                                false,
                                "The same command goes on from the newest checkpoint."),
                        database.address().map(DatabaseAddress::password),
                        options.heap(surroundings),
                        stopHook);
            }
        }
        if (exitCode == ExitCode.OK || exitCode == ExitCode.CHECK_FAILED) {
            Path snapshots = new RunNames(data).folder(options.runId()).resolve("pnl_snapshots.csv");
            new RunOutcome(surroundings, folder, snapshots, null).tell(exitCode, json);
        }
        return exitCode;
    }

    private int write(Path file, String settings) {
        try {
            Files.writeString(file, settings);
        } catch (IOException failed) {
            throw new UsageException("--settings-to: " + file + " cannot be written: " + failed.getMessage());
        }
        surroundings
                .console()
                .say("live: " + file + " is for: flink run -c " + LIVE_MAIN + ' '
                        + surroundings.installation().replayJar() + ' ' + file);
        return ExitCode.OK;
    }

    private String settings(BrokerSession broker, DatabaseSession database, Path folder) {
        LiveOptions.Start start = new LiveOptions.Start(
                options.runId(), options.broker().topicPrefix(), folder, untilEnd, null, null, flinkCluster);
        return options.settings(start, broker, database.address().orElseThrow(), surroundings);
    }
}
