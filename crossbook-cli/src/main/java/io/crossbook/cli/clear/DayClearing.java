package io.crossbook.cli.clear;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.console.Surroundings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Clears a day for another command, which shows it in its own way. */
public final class DayClearing {
    private final Surroundings surroundings;
    private final FileOptions place = new FileOptions();

    public DayClearing(Surroundings surroundings, String db, Path dataDir) {
        this.surroundings = surroundings;
        place.db = db;
        place.dataDir = dataDir;
    }

    /**
     * What came of it.
     *
     * @param manifests what the clearing says of itself; empty if it was not completed
     * @param lines the same for a person
     */
    public record Result(int exitCode, List<JsonNode> manifests, List<String> lines) {}

    public Result clear(String runId, LocalDate date) {
        ClearingProgram.Outcome outcome = new ClearingProgram(surroundings, place)
                .run(ClearingProgram.Action.clear(null, false), ClearOptions.of(runId, date));
        return new Result(
                outcome.exitCode(),
                outcome.clearings().stream().map(ClearingProgram.Made::manifest).toList(),
                outcome.clearings().stream()
                        .flatMap(made -> ClearingReport.lines(surroundings, made).stream())
                        .collect(Collectors.toList()));
    }
}
