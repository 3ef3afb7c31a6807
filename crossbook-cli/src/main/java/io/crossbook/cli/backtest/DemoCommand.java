package io.crossbook.cli.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.cli.api.ApiOptions;
import io.crossbook.cli.api.ApiSession;
import io.crossbook.cli.api.LiveRuns;
import io.crossbook.cli.api.Serving;
import io.crossbook.cli.clear.ClearingProgram;
import io.crossbook.cli.clear.DayClearing;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.process.SettingsFile;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crossbook demo}: the bundled day from its orders to the report. */
@Command(
        name = "demo",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Runs the bundled day: three instruments, their opening auction, market makers, takers, icebergs and stops."
                    + " Matches every order, computes profit and loss, checks itself, stores all of it in an embedded"
                    + " Postgres, draws a report, and clears the day.",
            "",
            "The day is generated from a seed, so the hashes it prints are the same on every machine. Running it again"
                    + " replaces the run before and its clearing. Then the day is served over REST and WebSocket, as by ./crossbook"
                    + " serve, until Ctrl-C.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook demo                 then http://127.0.0.1:8080/api/v1/docs",
            "  ./crossbook demo --no-serve",
            "  ./crossbook demo --no-serve --db none --json",
            "",
            "Then open out/demo/report.html, or look on: ./crossbook verify out/demo"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String RUN_ID = "demo";
    private static final LocalDate DATE = LocalDate.of(2024, 3, 4);
    private static final ObjectMapper DOCUMENT =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Surroundings surroundings;

    @Option(names = "--no-serve", description = "Exits when the run is done.")
    private boolean noServe;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            description = "Where the day is served, or the next free port. Default: ${DEFAULT-VALUE}.")
    private int apiPort = 8080;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the run's files. Default: out/demo.")
    private @Nullable Path out;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder for the embedded database, state and checkpoints. Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".crossbook");

    @Option(
            names = "--db",
            paramLabel = "URL|embedded|none",
            description = "Where results are stored besides the files. Default: ${DEFAULT-VALUE}.")
    private String db = "embedded";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Instruments are spread over N threads; the result is the same. Default: ${DEFAULT-VALUE}.")
    private int parallelism = 1;

    @Option(
            names = "--json",
            description =
                    "Prints the run and its clearing as one JSON document, nothing else; what is served is said on standard"
                            + " error.")
    private boolean json;

    public DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path day = surroundings.installation().demoDay();
        Path commands = day.resolve("commands.csv.gz");
        if (!Files.exists(commands)) {
            throw new UsageException("the bundled day is missing: " + commands + " is part of the repository");
        }
        ApiOptions api = ApiOptions.at(apiPort);
        api.check();
        DatabaseChoice database = DatabaseChoice.parse(db, surroundings.environment());
        boolean serves = !noServe && !database.isNone();
        if (serves) {
            ApiSession.program(surroundings.installation()).requireBuilt();
        }
        Backtest backtest = new Backtest(
                surroundings,
                InputOptions.bundled(surroundings.installation().root(), commands, day.resolve("instruments.csv")),
                run());
        int exitCode = database.isNone() ? backtest.run() : runAndClear(backtest);
        if (serves && exitCode == ExitCode.OK) {
            return serve(api, database);
        }
        if (!noServe && database.isNone()) {
            surroundings.console().say("demo: --db none leaves nothing to serve, so this is the end.");
        }
        return exitCode;
    }

    private int runAndClear(Backtest backtest) {
        ClearingProgram.program(surroundings.installation()).requireBuilt();
        int exitCode = backtest.replay();
        Optional<RunOutcome> outcome = backtest.outcome(exitCode);
        if (exitCode != ExitCode.OK) {
            outcome.ifPresent(found -> found.tell(exitCode, json));
            return exitCode;
        }
        PrintStream out = surroundings.console().out();
        if (!json) {
            outcome.orElseThrow().tell(exitCode, false);
            out.println();
        }
        DayClearing.Result clearing = new DayClearing(surroundings, db, dataDir).clear(RUN_ID, DATE);
        if (json) {
            out.println(document(outcome.orElseThrow(), clearing));
        } else {
            clearing.lines().forEach(out::println);
        }
        return clearing.exitCode();
    }

    /** The document of the run with that of its clearing in it. */
    private static String document(RunOutcome outcome, DayClearing.Result clearing) {
        try {
            ObjectNode document = (ObjectNode) DOCUMENT.readTree(outcome.document());
            clearing.manifests().forEach(manifest -> document.set("clearing", manifest));
            return SettingsFile.json(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the document of the run cannot be read", e);
        }
    }

    private int serve(ApiOptions api, DatabaseChoice database) {
        PrintStream stream =
                json ? surroundings.console().err() : surroundings.console().out();
        return new Serving(surroundings, "demo", api, database, surroundings.resolve(dataDir))
                .run(LiveRuns.elsewhere(Optional.empty()), session -> {
                    stream.println();
                    session.doors().forEach(stream::println);
                    surroundings.console().say("Ctrl-C stops it.");
                });
    }

    private RunOptions run() {
        RunOptions run = new RunOptions();
        run.runId = RUN_ID;
        run.replace = true;
        run.bookHistory = true;
        run.out = out;
        run.dataDir = dataDir;
        run.db = db;
        run.job.parallelism = parallelism;
        run.json = json;
        return run;
    }
}
