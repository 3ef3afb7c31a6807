package io.crossbook.cli.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.store.checks.RunDiff;
import io.crossbook.store.checks.RunDifference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crossbook diff A B}: the first row in which two runs differ. */
@Command(
        name = "diff",
        sortOptions = false,
        description = {
            "Compares the trades, orders, realized profits, lots and positions of two runs row by row, and shows the"
                    + " first difference: instrument, sequence, column, and the row of both sides.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook diff out/demo out/demo-2",
            "  ./crossbook diff demo out/demo      Postgres against the files",
            "",
            "Exit codes: 0 equal, 2 no such run, 3 they differ."
        })
public final class DiffCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "A", description = "A run's folder, or its id (then read from Postgres).")
    private String left = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other run.")
    private String right = "";

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    public DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        try (StopHook stopHook = new StopHook(surroundings.console());
                RunSource runs = new RunSource(surroundings, database)) {
            stopHook.onStop(runs::close);
            Path one = runs.folderOf(left);
            Path other = runs.folderOf(right);
            Optional<RunDifference> difference = RunSource.read(() -> RunDiff.first(one, other));
            Console console = surroundings.console();
            console.out().println(json ? document(difference) : sentence(difference));
            return difference.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }

    private String sentence(Optional<RunDifference> difference) {
        return difference.map(RunDifference::sentence).orElse(left + " and " + right + " are equal");
    }

    private static String document(Optional<RunDifference> difference) {
        ObjectNode document = new ObjectMapper().createObjectNode().put("equal", difference.isEmpty());
        difference.ifPresent(found -> document.putObject("difference")
                .put("file", found.file())
                .put("row", found.row())
                .put("instrument", found.instrument())
                .put("sequence", found.sequence())
                .put("column", found.column())
                .put("left", found.left())
                .put("right", found.right()));
        return document.toPrettyString();
    }
}
