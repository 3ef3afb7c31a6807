package io.crossbook.cli.runs;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs that are named by their id are read from. */
final class DatabaseOptions {
    @Option(
            names = "--db",
            paramLabel = "URL|embedded|none",
            description = "The database for runs named by their id. Default: ${DEFAULT-VALUE}.")
    String db = "embedded";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the embedded database. Default: ${DEFAULT-VALUE}.")
    Path dataDir = Path.of(".crossbook");
}
