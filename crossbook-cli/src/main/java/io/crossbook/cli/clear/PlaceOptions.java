package io.crossbook.cli.clear;

import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where clearings are read from. */
class PlaceOptions {
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

    @Option(names = "--json", description = "Prints what came of it as one JSON document, nothing else.")
    boolean json;

    /** @throws UsageException if it is none, or no address of a database */
    DatabaseChoice database(Surroundings surroundings) {
        DatabaseChoice choice = DatabaseChoice.parse(db, surroundings.environment());
        if (choice.isNone()) {
            throw new UsageException(
                    "--db: a clearing reads a trading run from a database, and none was given; give a URL,"
                            + " or leave the option out for the embedded one");
        }
        return choice;
    }

    /** Whether the embedded server is meant and was never made: there is nothing to read, and no reason to make it. */
    boolean isNeverMade(Surroundings surroundings) {
        return database(surroundings).kind() == DatabaseChoice.Kind.EMBEDDED
                && !Files.isDirectory(surroundings.resolve(dataDir).resolve("postgres"));
    }

    /** @throws UsageException if it was never made */
    void requireMade(Surroundings surroundings) {
        if (isNeverMade(surroundings)) {
            throw new UsageException(
                    "--data-dir: " + dataDir + " holds no embedded database, so there is no run to clear."
                            + " Trade first, for example: ./crossbook backtest FILE; or name another folder, or a --db URL");
        }
    }
}
