package io.crossbook.cli.clear;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.process.SettingsFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear --date D}: end-of-day clearing of a trading run. */
@Command(
        name = "clear",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Clears a business date: freezes its trades, puts the clearing house between buyers and sellers, finds"
                    + " settlement prices, pays variation margin and deliveries, computes lots, fees and margin, posts all"
                    + " of it in a double-entry ledger, proves that the books balance, and publishes it at once or not at"
                    + " all.",
            "",
            "Days are cleared in order. A date that is cleared can be cleared again with --reason; what was posted is then"
                    + " taken back, and --cascade clears the days behind it again, too. One that was cut off goes on with the"
                    + " same command, or with clear recover.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook clear --date 2024-03-04 --run demo",
            "  ./crossbook clear --date 2024-03-05 --calendar xnys --margin margin.yaml",
            "  ./crossbook clear --date 2024-03-04 --corrections busts.csv --reason \"bust\"",
            "  ./crossbook clear what-if --date 2024-03-04 --margin-model var --margin m.yaml",
            "",
            "Writes positions.csv, prices.csv, variation.csv, obligations.csv, margin.csv,",
            "fees.csv, journal.csv, balances.csv, breaks.csv, manifest.json and a folder",
            "with statements for each member.",
            "Exit codes: 0 cleared, 2 refused, 3 the books do not balance, 130 stopped."
        })
public final class ClearCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ClearOptions options = new ClearOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why a date is cleared again.")
    private @Nullable String reason;

    @Option(names = "--cascade", description = "Clears again the days behind it, in order.")
    private boolean cascade;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    public ClearCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        requireDate(options);
        if (reason != null && reason.isBlank()) {
            throw new UsageException("--reason: say why the date is cleared again");
        }
        return clear(surroundings, place, new ClearingProgram.Action("CLEAR", reason, cascade, null, null), options);
    }

    static void requireDate(ClearOptions options) {
        if (options.date == null) {
            throw new UsageException("--date is missing, such as --date 2024-03-04");
        }
        if (options.minTrades < 1) {
            throw new UsageException("--min-trades: must be at least 1, was " + options.minTrades);
        }
    }

    /** Runs the program and shows what came of it. */
    static int clear(
            Surroundings surroundings, PlaceOptions place, ClearingProgram.Action action, ClearOptions options) {
        ClearingProgram.Outcome outcome = new ClearingProgram(surroundings, place).run(action, options);
        List<JsonNode> clearings = outcome.clearings();
        if (place.json) {
            if (outcome.exitCode() == ExitCode.OK) {
                surroundings
                        .console()
                        .out()
                        .println(SettingsFile.json(clearings.size() == 1 ? clearings.get(0) : clearings));
            }
            return outcome.exitCode();
        }
        clearings.forEach(clearing -> {
            new ClearingSummary(clearing, surroundings.console())
                    .lines()
                    .forEach(surroundings.console().out()::println);
            surroundings.console().out().println();
        });
        return outcome.exitCode();
    }
}
