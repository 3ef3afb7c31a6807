package io.crossbook.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void writesTheSameCompressedBytesTwice() throws IOException {
        assertThat(run("--commands", "500", "--out", "a.csv.gz")).isZero();
        assertThat(run("--commands", "500", "--out", "b.csv.gz")).isZero();
        assertThat(folder.resolve("a.csv.gz")).hasSameBinaryContentAs(folder.resolve("b.csv.gz"));
        try (InputStream text = new GZIPInputStream(Files.newInputStream(folder.resolve("a.csv.gz")))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .as("header, prefill, commands")
                    .hasSize(1 + 2_000 + 500);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("2,000 lines that fill the books, then 500 commands, seed 42");
    }

    @Test
    void aDashIsStandardOutputAndNothingElseGoesThere() {
        assertThat(run("--preset", "taking", "--commands", "10", "--instruments", "2", "--out", "-"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + 9_600 + 10);
    }

    @Test
    void writesTheInstrumentsOfTheFlow() throws IOException {
        run("--preset", "multi", "--instruments", "3", "--commands", "1", "--out", "-", "--instruments-file", "i.csv");
        assertThat(Files.readAllLines(folder.resolve("i.csv")))
                .containsExactly(
                        "instrument,kind,currency,tick_size,lot_size",
                        "S001,EQUITY,USD,0.01,1",
                        "S002,EQUITY,USD,0.01,1",
                        "S003,EQUITY,USD,0.01,1");
    }

    @Test
    void sharesThatLeaveNoRoomAreRefused() {
        assertThat(run("--cancel-share", "0.9", "--replace-share", "0.3", "--out", "-"))
                .isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("leave room for new orders");
    }

    @Test
    void aDayHasInstrumentsOfItsOwn() {
        assertThat(run("--preset", "day", "--instruments", "7", "--out", "-")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--preset day has instruments");
    }

    @Test
    void aMissingFolderIsNamed() {
        assertThat(run("--out", "nowhere/a.csv")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no folder nowhere");
    }

    private int run(String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), errors, false, false);
        Surroundings surroundings = new Surroundings(console, Map.of(), folder, Installation.ofProcess());
        return new CommandLine(new GenerateCommand(surroundings))
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    errors.println(fault.getMessage());
                    return 2;
                })
                .execute(arguments);
    }
}
