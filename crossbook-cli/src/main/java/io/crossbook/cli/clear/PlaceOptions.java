package io.crossbook.cli.clear;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a clearing reads and writes. */
final class PlaceOptions {
    @Option(
            names = "--db",
            paramLabel = "URL|embedded",
            description = "The database of the trading run. Default: ${DEFAULT-VALUE}.")
    String db = "embedded";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the embedded database and of the log. Default: ${DEFAULT-VALUE}.")
    Path dataDir = Path.of(".crossbook");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files. Default: out/clearing/RUN/DATE-NUMBER.")
    @Nullable
    Path out;

    @Option(names = "--json", description = "Prints what came of it as one JSON document, nothing else.")
    boolean json;
}
