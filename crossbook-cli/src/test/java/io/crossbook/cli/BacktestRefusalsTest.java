package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What backtest refuses before anything is started: no database, no folder, nothing. */
class BacktestRefusalsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aFile() throws IOException {
        Files.writeString(folder.resolve("orders.csv"), "timestamp,instrument,action\n");
        Files.writeString(folder.resolve("AAPL_2012-06-21_34200000_57600000_message_10.csv"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--state rokcsdb | did you mean \"rocksdb\"?",
                "--order-ids dya | did you mean \"day\"?",
                "--format lobstr | did you mean \"lobster\"?",
                "--db embeded | did you mean \"embedded\"?",
                "--db mysql://host/db | --db: expected",
                "--parallelism 0 | --parallelism: expected 1 to 128, was 0",
                "--parallelism two | expected a whole number, was \"two\"",
                "--max-rejects -1 | --max-rejects: expected zero or more",
                "--checkpoint-interval 5 | expected a duration above zero such as 100ms",
                "--checkpoint-interval 1ms | expected 10ms or more, was 1ms",
                "--snapshot-interval 0s | expected a duration above zero",
                "--speed 0x | expected max or a factor above zero",
                "--speed fast | expected max or a factor above zero",
                "--from yesterday | expected a time from 1970 to 2262",
                "--from 2026-01-02T00:00:00Z --to 2026-01-01T00:00:00Z | --from lies after --to",
                "--run-id a/b | letters, digits",
                "--run-id .. | letters, digits",
                "--map qty=quantiy | did you mean \"quantity\"?",
                "--instruments nothere.csv | --instruments: nothere.csv: no such file",
                "--opening-book orders.csv | go with --format lobster",
                "--heap lots | expected a size such as 2g",
                "--resume --replace | give one of them",
            })
    void refusesValuesThatMakeNoSense(String options, String sentence) {
        refused(sentence, ("backtest orders.csv " + options).split(" "));
    }

    @Test
    void namesEveryFileThatCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("day"));
        TypedCommand refused = refused("oders.csv: no such file", "backtest", "oders.csv", "day", "orders.csv");
        assertThat(refused.err())
                .contains("oders.csv: no such file; did you mean \"orders.csv\"?")
                .contains("day: is a directory");
    }

    @Test
    void takesInstrumentAndDayOfALobsterFileFromItsNameOrAsksForThem() throws IOException {
        refused("add --instrument and --date", "backtest", "orders.csv", "--format", "lobster");
        refused(
                "--date: expected a day",
                "backtest",
                "orders.csv",
                "--format",
                "lobster",
                "--instrument",
                "X",
                "--date",
                "June");
        refused(
                "did you mean \"America/New_York\"?",
                "backtest",
                "AAPL_2012-06-21_34200000_57600000_message_10.csv",
                "--format",
                "lobster",
                "--zone",
                "America/NewYork");
        TypedCommand accepted = TypedCommand.in(
                folder, "backtest", "AAPL_2012-06-21_34200000_57600000_message_10.csv", "--format", "lobster");
        assertThat(accepted.err()).contains("the replay program is not built");
    }

    @Test
    void refusesPlacesThatHoldARunUnlessToldToResumeOrReplace() throws IOException {
        Files.createDirectories(folder.resolve("out/day1"));
        Files.writeString(folder.resolve("out/day1/run.json"), "{}");
        refused("--out: out/day1 holds a run already", "backtest", "orders.csv", "--run-id", "day1");
        refused("--out: out/day1 holds a run already", "backtest", "orders.csv", "--out", "out/day1");
        assertThat(TypedCommand.in(folder, "backtest", "orders.csv", "--run-id", "day1", "--replace")
                        .err())
                .contains("the replay program is not built");
        Files.createDirectories(folder.resolve("data/runs/day2"));
        Files.writeString(folder.resolve("data/runs/day2/request.json"), "{}");
        refusedHere(
                "there is a run \"day2\" already", "backtest", "orders.csv", "--run-id", "day2", "--data-dir", "data");
    }

    @Test
    void refusesAFileWhereAFolderIsNeeded() throws IOException {
        refused("--out: orders.csv is a file", "backtest", "orders.csv", "--out", "orders.csv");
    }

    @Test
    void neverRepeatsAPassword() throws IOException {
        TypedCommand refused = refused("--db:", "backtest", "orders.csv", "--db", "postgres://me:s3cret@/");
        assertThat(refused.err()).doesNotContain("s3cret");
    }

    @Test
    void readsTheMemoryOfTheReplayFromTheEnvironmentToo() {
        TypedCommand refused =
                TypedCommand.in(folder, Map.of("CROSSBOOK_HEAP", "much"), "backtest", "orders.csv", "--db", "none");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("CROSSBOOK_HEAP: expected a size such as 2g");
    }

    private TypedCommand refused(String sentence, String... arguments) {
        TypedCommand refused = refusedHere(sentence, arguments);
        assertThat(folder.resolve(".crossbook")).doesNotExist();
        return refused;
    }

    private TypedCommand refusedHere(String sentence, String... arguments) {
        TypedCommand refused = TypedCommand.in(folder, arguments);
        assertThat(refused.err()).contains(sentence);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        return refused;
    }
}
