package io.crossbook.cli.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.cli.backtest.RunSummary;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.store.checks.RunChecks;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.Check;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crossbook verify RUN}: computes every invariant of a run again. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Checks a finished run again from its rows: input accounted for, orders and trades agree, price-time"
                    + " priority, books not crossed, quantities and cash conserved, FIFO lots, positions, profit, totals"
                    + " and the hash.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook verify out/demo        the files of a run",
            "  ./crossbook verify demo            the rows of run demo in Postgres",
            "  ./crossbook verify out/demo --json",
            "",
            "Exit codes: 0 all checks hold, 2 no such run, 3 a check failed."
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "A run's folder, or its id (then read from Postgres).")
    private String run = "";

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    public VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        try (StopHook stopHook = new StopHook(surroundings.console());
                RunSource runs = new RunSource(surroundings, database)) {
            stopHook.onStop(runs::close);
            Path folder = runs.folderOf(run);
            RunManifest manifest = RunSource.read(() -> RunManifest.read(folder));
            Map<String, Check> checks = RunSource.read(() -> RunChecks.check(folder));
            boolean well = checks.values().stream().allMatch(Check::ok);
            Console console = surroundings.console();
            if (json) {
                console.out().println(document(manifest, well, checks));
            } else {
                console.out().println("run " + manifest.runId() + (well ? " holds" : " does not hold"));
                RunSummary.checkLines(checks, console).forEach(console.out()::println);
                RunSummary.labelled("hash", manifest.hash()).forEach(console.out()::println);
            }
            return well ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }

    private static String document(RunManifest manifest, boolean well, Map<String, Check> checks)
            throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode()
                .put("run_id", manifest.runId())
                .put("ok", well)
                .put("hash", manifest.hash());
        document.set("checks", mapper.valueToTree(checks));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
