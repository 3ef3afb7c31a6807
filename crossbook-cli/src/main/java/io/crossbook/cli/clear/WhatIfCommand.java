package io.crossbook.cli.clear;

import io.crossbook.cli.console.OneOf;
import io.crossbook.cli.console.Surroundings;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook clear what-if}: a clearing that is only tried out. */
@Command(
        name = "what-if",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Clears a business date as if, with other prices, margin, corrections or deliveries. It makes all the steps,"
                    + " checks and files of a clearing and is never official: no later clearing and no balance knows it,"
                    + " and the corrections that it is told count in it alone.",
            "",
            "The date may be cleared already or be the next to clear. Each try has a number of its own.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook clear what-if --date 2024-03-04 --settlement-method last-trade",
            "  ./crossbook clear what-if --date 2024-03-04 --margin-model scan --margin m.yaml",
            "  ./crossbook clear what-if --date 2024-03-04 --corrections busts.csv",
            "",
            "Writes to out/clearing/RUN/what-if-DATE-NUMBER.",
            "Exit codes: 0 cleared, 2 refused, 3 the books do not balance, 130 stopped."
        })
final class WhatIfCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--settlement-method",
            paramLabel = "METHOD",
            converter = Method.class,
            description = "The first of manual, window-vwap, last-trade and previous that is tried; those before it are"
                    + " left out. Default: manual, as in a clearing.")
    private @Nullable String settlementMethod;

    @Option(
            names = "--margin-model",
            paramLabel = "MODEL",
            converter = Model.class,
            description = "fixed, scan or var, instead of the model that the margin file names.")
    private @Nullable String marginModel;

    @Mixin
    private ClearOptions options = new ClearOptions();

    @Mixin
    private FileOptions place = new FileOptions();

    WhatIfCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The methods of the clearing program, as typed here. */
    static final class Method extends OneOf {
        Method() {
            super("manual", "window-vwap", "last-trade", "previous");
        }
    }

    /** The margin models by their words. */
    static final class Model extends OneOf {
        Model() {
            super("fixed", "scan", "var");
        }
    }

    @Override
    public Integer call() {
        options.check(surroundings);
        String method = settlementMethod == null
                ? null
                : settlementMethod.replace('-', '_').toUpperCase(Locale.ROOT);
        return new ClearingReport(surroundings, place)
                .run(ClearingProgram.Action.whatIf(marginModel, method), options, false);
    }
}
