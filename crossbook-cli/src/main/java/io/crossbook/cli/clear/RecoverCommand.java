package io.crossbook.cli.clear;

import io.crossbook.cli.console.DateValue;
import io.crossbook.cli.console.Surroundings;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear recover}: goes on with clearings that were cut off. */
@Command(
        name = "recover",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Goes on with every clearing that was cut off, by Ctrl-C, a crash or a power cut, from the step where it was,"
                    + " with the files that it was told at first. It ends as if nothing had happened: same files, same"
                    + " hash, nothing posted twice.",
            "",
            "A clearing that another process is working on is left alone. Where nothing was cut off, nothing happens.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook clear recover                 whatever was cut off",
            "  ./crossbook clear recover --run demo",
            "  ./crossbook clear recover --run demo --date 2024-03-04",
            "",
            "With --json the list of the clearings that were completed.",
            "Exit codes: 0 all complete, 2 refused, 3 the books do not balance, 130 stopped."
        })
final class RecoverCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--run", paramLabel = "RUN", description = "The trading run. Default: all that have something.")
    private @Nullable String run;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            converter = DateValue.class,
            description = "The business date. Default: all that were cut off.")
    private @Nullable LocalDate date;

    @Mixin
    private FileOptions place = new FileOptions();

    RecoverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new ClearingReport(surroundings, place)
                .run(ClearingProgram.Action.recover(), ClearOptions.of(run, date), true);
    }
}
