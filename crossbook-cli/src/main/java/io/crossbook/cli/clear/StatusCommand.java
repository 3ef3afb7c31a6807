package io.crossbook.cli.clear;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.cli.process.SettingsFile;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import io.crossbook.store.clearing.TradingRuns;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear status}: the clearings there are, one on a line. */
@Command(
        name = "status",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Shows the clearings of each trading run by date, and where each is:",
            "",
            "  official    the one that counts",
            "  stale       official, but a day before it was cleared again: so must it be",
            "  superseded  was official until its date was cleared again",
            "  what-if     was tried out, never official",
            "  running     a process is working on it",
            "  cut off     nobody is: ./crossbook clear recover goes on with it",
            "  failed      was refused, or the books did not balance; the reason follows",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook clear status",
            "  ./crossbook clear status --run demo --json",
            "",
            "Exit codes: 0 shown, also if nothing is cleared yet; 2 no such run."
        })
final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--run", paramLabel = "RUN", description = "The trading run. Default: all, the newest first.")
    private @Nullable String run;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        show(place.isNeverMade(surroundings) ? neverMade() : read());
        return ExitCode.OK;
    }

    private List<ClearingState> neverMade() {
        if (run != null) {
            place.requireMade(surroundings);
        }
        return List.of();
    }

    private List<ClearingState> read() throws IOException {
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession database = stopHook.opened(() -> DatabaseSession.open(
                        place.database(surroundings), surroundings.resolve(place.dataDir), surroundings.console()))) {
            if (run != null && !isKnown(database, run)) {
                throw new UsageException("--run: no run \"" + run + "\" in the database");
            }
            return database.ask("the clearings", this::states).orElse(List.of());
        }
    }

    private static boolean isKnown(DatabaseSession database, String run) throws IOException {
        return database.ask("the runs", connection -> TradingRuns.exists(connection, run))
                .orElse(false);
    }

    private List<ClearingState> states(Connection connection) throws SQLException {
        List<ClearingState> states = new ArrayList<>();
        for (String chain : run != null ? List.of(run) : ClearingRunTable.chains(connection)) {
            List<ClearingRun> clearings = ClearingRunTable.ofChain(connection, chain);
            states.addAll(ClearingState.ofChain(clearings, ClearingRunTable.isLocked(connection, chain)));
        }
        return states;
    }

    private void show(List<ClearingState> states) {
        if (place.json) {
            surroundings
                    .console()
                    .out()
                    .println(SettingsFile.json(
                            states.stream().map(ClearingState::view).toList()));
        } else if (states.isEmpty()) {
            surroundings
                    .console()
                    .out()
                    .println("Nothing is cleared yet. Try: ./crossbook clear --date DATE"
                            + (run == null ? "" : " --run " + run));
        } else {
            new ClearingList(states).lines().forEach(surroundings.console().out()::println);
        }
    }
}
