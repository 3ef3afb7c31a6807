package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.store.Database;
import io.crossbook.store.RunTable;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs named by their id, read from a real Postgres that starts and stops with every command. */
class StoredRunIT {
    @TempDir
    private static Path folder;

    private static RunManifest run;

    @BeforeAll
    static void storeARun() throws Exception {
        run = EmptyRun.in(folder.resolve("out/day"), "day");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("data"), 0)) {
            Database.migrate(server.jdbcUrl(), server.user(), server.password());
            try (Connection connection =
                    DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
                RunTable.insert(connection, new RunTable.NewRun("day", "backtest", "0.1.0", "{}", false, 0));
                RunTable.insert(connection, new RunTable.NewRun("half", "backtest", "0.1.0", "{}", false, 0));
                RunTable.finish(
                        connection,
                        "day",
                        new RunTable.Outcome(run.hash(), 0, 0, 0, 0, 0, null, null, run.toJson(), 1));
            }
        }
    }

    @Test
    void writesTheFilesOfAStoredRunAgain() throws Exception {
        TypedCommand exported = typed("export", "day", "--out", "copy");
        assertThat(exported.exitCode()).isZero();
        assertThat(exported.out()).contains(run.hash());
        assertThat(folder.resolve("copy/run.json")).hasSameTextualContentAs(folder.resolve("out/day/run.json"));
        assertThat(folder.resolve("copy/trades.csv")).hasSameBinaryContentAs(folder.resolve("out/day/trades.csv"));
        assertThat(typed("diff", "day", "copy").exitCode()).isZero();
    }

    @Test
    void verifiesARunByItsId() {
        TypedCommand verified = typed("verify", "day");
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.out()).contains("run day holds");
        assertThat(verified.err()).contains("jdbc:postgresql://");
    }

    @Test
    void saysWhichRunIsUnknownOrNotFinished() {
        assertThat(typed("verify", "dya"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(refused -> assertThat(refused.err()).contains("no run \"dya\""));
        assertThat(typed("export", "half", "--out", "other").err()).contains("run \"half\" is not finished");
        assertThat(Files.exists(folder.resolve("other"))).isFalse();
    }

    private static TypedCommand typed(String... arguments) {
        String[] words = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        words[arguments.length] = "--data-dir";
        words[arguments.length + 1] = "data";
        return TypedCommand.in(folder, words);
    }
}
