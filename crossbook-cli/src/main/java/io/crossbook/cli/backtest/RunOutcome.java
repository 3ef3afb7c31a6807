package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.report.ReportWriter;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a finished run: draws its report, then prints the summary or the document.
 *
 * @param folder holds the files of the run
 * @param snapshots the P&amp;L of every interval, as the replay kept it
 * @param capital what each client began with, if it was said
 */
public record RunOutcome(
        Surroundings surroundings,
        Path folder,
        Path snapshots,
        @Nullable Decimal capital) {
    private static final String REPORT = "report.html";

    public void tell(int exitCode, boolean json) {
        try {
            if (json) {
                surroundings.console().out().print(document());
            } else {
                ReportWriter.write(folder, snapshots, capital, folder.resolve(REPORT));
                lines(exitCode, RunManifest.read(folder))
                        .forEach(surroundings.console().out()::println);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The same with a report drawn and nothing printed: the text of {@code run.json}. */
    String document() {
        try {
            ReportWriter.write(folder, snapshots, capital, folder.resolve(REPORT));
            return Files.readString(folder.resolve(RunManifest.FILE_NAME));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("the results in " + folder + " cannot be read", cause);
    }

    private List<String> lines(int exitCode, RunManifest run) {
        Console console = surroundings.console();
        List<String> lines = new ArrayList<>(new RunSummary(run, console).lines());
        String shown = surroundings.shown(folder);
        lines.addAll(RunSummary.labelled("files", shown + ": " + String.join(", ", files())));
        if (exitCode == ExitCode.INPUT_STOPPED) {
            lines.add("");
            lines.add(
                    console.bad("The input broke off or had too many unreadable lines: see " + shown + "/rejects.csv"));
        }
        lines.add("");
        lines.add("Look at it:   " + shown + "/" + REPORT);
        lines.add("Try next:     ./crossbook verify " + quoted(shown));
        return lines;
    }

    private List<String> files() {
        List<String> names = new ArrayList<>();
        for (RunFile file : RunFile.values()) {
            names.add(file.fileName());
        }
        names.add(RunManifest.FILE_NAME);
        names.add(REPORT);
        names.removeIf(name -> !Files.exists(folder.resolve(name)));
        return names;
    }

    private static String quoted(String argument) {
        return argument.contains(" ") ? "'" + argument + "'" : argument;
    }
}
