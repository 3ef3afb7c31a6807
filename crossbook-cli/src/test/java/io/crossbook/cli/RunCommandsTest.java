package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** verify, diff and export on folders; the database has its own test. */
class RunCommandsTest {
    private static final String TRADE = "ACME,1,ACME-1,2,2026-03-02T09:00:00.000000000Z,10,1,BUY,A,B,B,A,bob,alice\n";

    @TempDir
    private Path folder;

    @Test
    void findsARunThatHolds() throws IOException {
        RunManifest run = EmptyRun.in(folder.resolve("out/day"), "day");
        TypedCommand verified = TypedCommand.in(folder, "verify", "out/day");
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.out())
                .contains("run day holds")
                .contains("17 of 17 ok")
                .contains(run.hash());
        assertThat(verified.err()).isEmpty();
    }

    @Test
    void findsARunWhoseFilesWereTouched() throws IOException {
        EmptyRun.in(folder.resolve("out/day"), "day");
        addTrade("out/day");
        TypedCommand verified = TypedCommand.in(folder, "verify", "out/day", "--json");
        assertThat(verified.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        JsonNode document = new ObjectMapper().readTree(verified.out());
        assertThat(document.get("ok").booleanValue()).isFalse();
        assertThat(document.get("checks").get("hash").get("ok").booleanValue()).isFalse();
        assertThat(TypedCommand.in(folder, "verify", "out/day").out()).contains("FAILED    hash:");
    }

    @Test
    void showsTheFirstDifferenceWithBothSides() throws IOException {
        EmptyRun.in(folder.resolve("a"), "a");
        EmptyRun.in(folder.resolve("b"), "b");
        TypedCommand equal = TypedCommand.in(folder, "diff", "a", "b");
        assertThat(equal.exitCode()).isZero();
        assertThat(equal.out()).isEqualTo("a and b are equal" + System.lineSeparator());
        addTrade("b");
        TypedCommand different = TypedCommand.in(folder, "diff", "a", "b");
        assertThat(different.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(different.out())
                .contains("trades.csv row 1: ACME, sequence 2")
                .contains("left:  (no row)")
                .contains("right: " + TRADE.strip());
        JsonNode document = new ObjectMapper()
                .readTree(TypedCommand.in(folder, "diff", "a", "b", "--json").out());
        assertThat(document.get("equal").booleanValue()).isFalse();
        assertThat(document.get("difference").get("sequence").longValue()).isEqualTo(2);
        assertThat(document.get("difference").get("left").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"verify nobody", "diff nobody nobody", "export nobody --out copy", "verify nobody --db none"})
    void callsAnUnknownRunWrongUseAndStartsNoDatabaseForIt(String line) {
        TypedCommand refused = TypedCommand.in(folder, line.split(" "));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("no run \"nobody\"");
        assertThat(refused.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void proposesTheFolderOfARunThatWasNearlyNamed() throws IOException {
        EmptyRun.in(folder.resolve("out/day1"), "day1");
        assertThat(TypedCommand.in(folder, "verify", "day1", "--db", "none").err())
                .contains("did you mean \"out/day1\"?");
    }

    @Test
    void refusesAFolderThatHoldsNoWholeRun() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThat(TypedCommand.in(folder, "verify", "empty"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(refused -> assertThat(refused.err()).contains("run.json is missing"));
        EmptyRun.in(folder.resolve("torn"), "torn");
        Files.delete(folder.resolve("torn/lots.csv"));
        TypedCommand torn = TypedCommand.in(folder, "verify", "torn");
        assertThat(torn.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(torn.err()).contains("lots.csv");
        Files.writeString(folder.resolve("torn/run.json"), "{");
        assertThat(TypedCommand.in(folder, "verify", "torn").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void doesNotExportOverAnotherRun() throws IOException {
        EmptyRun.in(folder.resolve("out/day"), "day");
        TypedCommand refused = TypedCommand.in(folder, "export", "other", "--out", "out/day");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("holds a run already");
    }

    private void addTrade(String run) throws IOException {
        Files.writeString(folder.resolve(run).resolve("trades.csv"), TRADE, StandardOpenOption.APPEND);
    }
}
