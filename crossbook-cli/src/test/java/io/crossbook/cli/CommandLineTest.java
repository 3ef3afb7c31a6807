package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final List<String> COMMANDS = List.of(
            "demo",
            "backtest",
            "up",
            "serve",
            "live",
            "publish",
            "clear",
            "generate",
            "verify",
            "diff",
            "export",
            "doctor");

    @TempDir
    private Path folder;

    static Stream<String> commands() {
        return COMMANDS.stream();
    }

    @Test
    void namesEveryCommandInTheHelp() {
        TypedCommand help = TypedCommand.in(folder, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains(COMMANDS).contains("Exit codes:");
        assertThat(help.err()).isEmpty();
        assertThat(CrossbookCommand.commandLine(Surroundings.ofProcess()).getSubcommands())
                .containsOnlyKeys(COMMANDS);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void teachesEveryCommandByExamplesOnStandardOutput(String command) {
        TypedCommand help = TypedCommand.in(folder, command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: crossbook " + command)
                .contains("Examples:")
                .contains("./crossbook " + command);
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recover", "status", "statements", "what-if"})
    void teachesWhatCanBeDoneAboutClearings(String command) {
        TypedCommand help = TypedCommand.in(folder, "clear", command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: crossbook clear " + command)
                .contains("Examples:")
                .contains("./crossbook clear " + command)
                .contains("Exit codes:");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(help.err()).isEmpty();
        assertThat(TypedCommand.in(folder, "clear", command, "--version").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clear --date 2024-03-99 | expected a date such as 2024-03-04, was \"2024-03-99\"",
                "clear --date 2024-03-04 --calendar nyse | did you mean \"xnys\"?",
                "clear --date 2024-03-04 --calendar xnyse | did you mean \"xnys\"?",
                "clear --date 2024-03-04 --fees nix.csv | --fees: nix.csv: no such file",
                "clear --date 2024-03-04 --calendar nix.csv | --calendar: nix.csv: no such file",
                "clear --date 2024-03-04 --min-trades 0 | --min-trades: must be at least 1, was 0",
                "clear --date 2024-03-04 --db none | --db: a clearing reads a trading run from a database",
                "clear --date 2024-03-04 | holds no embedded database",
                "clear | --date is missing",
                "clear statsu | unknown command \"statsu\"; did you mean \"status\"?",
                "clear what-if --date 2024-03-04 --settlement-method vwap-window | window-vwap",
                "clear what-if --date 2024-03-04 --margin-model vra | did you mean \"var\"?",
                "clear statements | --date",
                "clear status --run demo | holds no embedded database"
            })
    void saysWhatIsWrongWithAClearing(String line, String said) {
        TypedCommand refused = TypedCommand.in(folder, line.split(" "));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(said).endsWith(" --help" + System.lineSeparator());
        assertThat(refused.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void knowsThatNothingIsClearedWhereNoDatabaseWasEverMade() {
        assertThat(TypedCommand.in(folder, "clear", "status").out()).startsWith("Nothing is cleared yet.");
        assertThat(TypedCommand.in(folder, "clear", "status", "--json").out().strip())
                .isEqualTo("[ ]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void tellsItsVersionEverywhere(String command) {
        TypedCommand version = TypedCommand.in(folder, command, "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).matches("crossbook \\d+\\.\\d+\\.\\d+\\R");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void refusesAnOptionNobodyKnows(String command) {
        TypedCommand refused = TypedCommand.in(folder, command, "--hepl");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("--hepl").contains("did you mean \"--help\"?");
        assertThat(refused.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"backtst,backtest", "verfiy,verify", "dif,diff", "docter,doctor", "gen,generate", "Demo,demo"})
    void proposesTheNearestCommand(String typed, String meant) {
        TypedCommand refused = TypedCommand.in(folder, typed);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("unknown command \"" + typed + "\"; did you mean \"" + meant + "\"?");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void proposesNothingForAWordFarFromAll() {
        assertThat(TypedCommand.in(folder, "quantum").err()).doesNotContain("did you mean");
    }

    @ParameterizedTest
    @CsvSource({
        "--instrumets,--instruments",
        "--paralelism=2,--parallelism",
        "--jsn,--json",
        "--chekpoint-interval,--checkpoint-interval"
    })
    void proposesTheNearestOption(String typed, String meant) {
        TypedCommand refused = TypedCommand.in(folder, "backtest", "orders.csv", typed);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "backtest", "verify", "diff", "diff a", "export", "demo extra"})
    void refusesTooFewOrTooManyWordsInOneLineAndShowsWhereHelpIs(String line) {
        TypedCommand refused = TypedCommand.in(folder, line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("Try: ./crossbook")
                .endsWith("--help");
    }
}
