package io.crossbook.cli.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crossbook export RUN --out DIR}: writes the files of a run again from Postgres, and compares the hash. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes the files of a run again from Postgres, byte for byte, and checks that their hash is the run's.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook export demo --out copy",
            "  ./crossbook export demo --out copy --db postgres://me@db.example/books",
            "",
            "Exit codes: 0 written, 2 no such run, 3 the hash is not that of the run."
        })
public final class ExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The id of a run, or a folder with its run.json.")
    private String run = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the files.")
    private Path out = Path.of("");

    @Option(names = "--replace", description = "Writes over a run that the folder holds.")
    private boolean replace;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    public ExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.resolve(out);
        if (Files.exists(folder.resolve(RunManifest.FILE_NAME)) && !replace) {
            throw new UsageException("--out: " + surroundings.shown(folder)
                    + " holds a run already; write over it by --replace, or choose another folder");
        }
        String runId = runId();
        try (StopHook stopHook = new StopHook(surroundings.console());
                RunSource runs = new RunSource(surroundings, database)) {
            stopHook.onStop(runs::close);
            runs.export(runId, folder);
        }
        return tell(runId, folder);
    }

    private String runId() throws IOException {
        Path folder = surroundings.resolve(Path.of(run));
        return Files.exists(folder.resolve(RunManifest.FILE_NAME))
                ? RunManifest.read(folder).runId()
                : run;
    }

    private int tell(String runId, Path folder) throws IOException {
        String expected = RunManifest.read(folder).hash();
        String hash = RunHash.of(folder);
        boolean same = hash.equals(expected);
        Console console = surroundings.console();
        if (json) {
            console.out()
                    .println(new ObjectMapper()
                            .createObjectNode()
                            .put("run_id", runId)
                            .put("out", folder.toString())
                            .put("hash", hash)
                            .put("ok", same)
                            .toPrettyString());
        } else {
            console.out().println("run " + runId + ": files written to " + surroundings.shown(folder));
            console.out().println("hash      " + hash);
        }
        if (!same) {
            console.say(console.bad("The hash of the run is " + expected + ": Postgres and the run do not agree."));
        }
        return same ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
