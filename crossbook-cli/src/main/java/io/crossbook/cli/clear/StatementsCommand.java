package io.crossbook.cli.clear;

import io.crossbook.cli.console.DateValue;
import io.crossbook.cli.console.Surroundings;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear statements}: writes the files of a clearing again. */
@Command(
        name = "statements",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Writes the files of the official clearing of a date again, from the database: byte for byte those that were"
                    + " written at first. With --member only the statements of that member.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook clear statements --date 2024-03-04",
            "  ./crossbook clear statements --date 2024-03-04 --run demo --out copy",
            "  ./crossbook clear statements --date 2024-03-04 --member mm1",
            "",
            "Exit codes: 0 written, 2 refused: that date is not cleared, no such member."
        })
final class StatementsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            required = true,
            converter = DateValue.class,
            description = "The business date.")
    private @Nullable LocalDate date;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The trading run. Default: live if that date is cleared, else the one cleared last.")
    private @Nullable String run;

    @Option(names = "--member", paramLabel = "M", description = "A member. Default: all, with the files of the house.")
    private @Nullable String member;

    @Mixin
    private FileOptions place = new FileOptions();

    StatementsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new ClearingReport(surroundings, place)
                .run(ClearingProgram.Action.statements(member), ClearOptions.of(run, date), false);
    }
}
