package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a backtest reads. */
final class InputOptions extends FileOptions {
    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description = "Tick size, lot size, fees and limits of the instruments (CSV). Without it every instrument"
                    + " is permissive: any price, USD, no fees.")
    private @Nullable Path instruments;

    /** Files of the repository, which are named as they are there, wherever it lies. */
    static InputOptions bundled(Path root, Path file, Path instruments) {
        InputOptions options = new InputOptions();
        options.namedFrom = root;
        options.files = List.of(file);
        options.instruments = instruments;
        return options;
    }

    @Override
    List<String> faults(Surroundings surroundings) {
        List<String> faults = super.faults(surroundings);
        Optional.ofNullable(instruments)
                .flatMap(file -> unreadable(surroundings, file))
                .ifPresent(fault -> faults.add("--instruments: " + fault));
        return faults;
    }

    @Nullable
    String instrumentsPath(Surroundings surroundings) {
        return instruments == null ? null : surroundings.resolve(instruments).toString();
    }
}
