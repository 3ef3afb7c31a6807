package io.crossbook.cli.clear;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a clearing reads and writes. */
final class FileOptions extends PlaceOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files. Default: out/clearing/RUN/DATE-NUMBER. Where there may be several"
                    + " clearings, by --cascade or recover, each gets RUN/DATE-NUMBER in it.")
    @Nullable
    Path out;
}
