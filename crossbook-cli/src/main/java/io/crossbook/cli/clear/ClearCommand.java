package io.crossbook.cli.clear;

import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear --date D}: end-of-day clearing of a trading run. */
@Command(
        name = "clear",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
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
            "  ./crossbook clear status",
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
    private FileOptions place = new FileOptions();

    public ClearCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** With what can be done about clearings besides making one. */
    public static CommandLine withSubcommands(Surroundings surroundings) {
        return new CommandLine(new ClearCommand(surroundings))
                .addSubcommand(new RecoverCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new StatementsCommand(surroundings))
                .addSubcommand(new WhatIfCommand(surroundings));
    }

    @Override
    public Integer call() {
        options.check(surroundings);
        if (reason != null && reason.isBlank()) {
            throw new UsageException("--reason: expected why the date is cleared again, was empty");
        }
        return new ClearingReport(surroundings, place)
                .run(ClearingProgram.Action.clear(reason, cascade), options, cascade);
    }
}
