package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    + " Postgres and draws a report.",
            "",
            "The day is generated from a seed, so the hash it prints is the same on every machine. Running it again"
                    + " replaces the run before.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook demo --no-serve",
            "  ./crossbook demo --no-serve --db none --json",
            "",
            "Then open out/demo/report.html, or look on: ./crossbook verify out/demo"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String RUN_ID = "demo";

    private final Surroundings surroundings;

    @Option(names = "--no-serve", description = "Exits when the run is done.")
    private boolean noServe;

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

    @Option(names = "--json", description = "Prints the run as one JSON document, nothing else.")
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
        int exitCode = new Backtest(
                        surroundings,
                        InputOptions.bundled(
                                surroundings.installation().root(), commands, day.resolve("instruments.csv")),
                        run())
                .run();
        if (!noServe) {
            surroundings.console().say("demo: serving the results is not part of this version, so this is the end.");
        }
        return exitCode;
    }

    private RunOptions run() {
        RunOptions run = new RunOptions();
        run.runId = RUN_ID;
        run.replace = true;
        run.bookHistory = true;
        run.out = out;
        run.dataDir = dataDir;
        run.db = db;
        run.parallelism = parallelism;
        run.json = json;
        return run;
    }
}
