package io.crossbook.cli.clear;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.clear.ClearingProgram.Made;
import io.crossbook.cli.clear.ClearingProgram.Outcome;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.process.SettingsFile;
import java.io.PrintStream;
import java.util.List;

/** Runs the clearing program and prints what came of it. */
final class ClearingReport {
    private final Surroundings surroundings;
    private final FileOptions place;

    ClearingReport(Surroundings surroundings, FileOptions place) {
        this.surroundings = surroundings;
        this.place = place;
    }

    /**
     * Runs it and returns the exit code of the command.
     *
     * @param several whether there may be several clearings, or none: then JSON is a list of what was made
     */
    int run(ClearingProgram.Action action, ClearOptions options, boolean several) {
        Outcome outcome = new ClearingProgram(surroundings, place).run(action, options);
        PrintStream out = surroundings.console().out();
        List<JsonNode> manifests =
                outcome.clearings().stream().map(Made::manifest).toList();
        if (!place.json) {
            for (Made made : outcome.clearings()) {
                if (made != outcome.clearings().get(0)) {
                    out.println();
                }
                lines(surroundings, made).forEach(out::println);
            }
        } else if (several) {
            out.println(SettingsFile.json(manifests));
        } else if (outcome.exitCode() == ExitCode.OK) {
            out.println(SettingsFile.json(manifests.get(0)));
        }
        return outcome.exitCode();
    }

    /** What a person is shown of a clearing. */
    static List<String> lines(Surroundings surroundings, Made made) {
        return new ClearingSummary(made.manifest(), surroundings.shown(made.folder()), surroundings.console()).lines();
    }
}
