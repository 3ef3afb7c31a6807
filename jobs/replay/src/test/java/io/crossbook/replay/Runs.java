package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketInput;
import io.crossbook.replay.input.InputPlan;
import io.crossbook.replay.input.MergedReader;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Makes backtests for tests: settings with the defaults of the command line, run in this process. */
final class Runs {
    static final Path REPOSITORY = repository();
    static final Path DEMO_COMMANDS = REPOSITORY.resolve("datasets/demo-day/commands.csv.gz");
    static final Path DEMO_INSTRUMENTS = REPOSITORY.resolve("datasets/demo-day/instruments.csv");

    private final Path home;

    Runs(Path home) {
        this.home = home;
    }

    /** What a run left behind. */
    record Outcome(int exitCode, Path out, String said) {
        RunManifest manifest() throws IOException {
            return RunManifest.read(out);
        }

        List<String> lines(String file) throws IOException {
            return Files.readAllLines(out.resolve(file), StandardCharsets.UTF_8);
        }

        /** The rows of one of the run's CSV files. */
        List<CSVRecord> rows(String file) throws IOException {
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (Reader reader = Files.newBufferedReader(out.resolve(file));
                    CSVParser rows = format.parse(reader)) {
                return rows.getRecords();
            }
        }

        /** That the run ended well and lost no row of its input. */
        Outcome isComplete(long inputRows) throws IOException {
            assertThat(exitCode).as("%s %s", said, manifest().checks()).isZero();
            RunManifest.Input input = manifest().input();
            assertThat(input.rows()).as("rows").isEqualTo(inputRows);
            assertThat(input.accepted() + input.rejected() + input.duplicate())
                    .as("%s", input)
                    .isEqualTo(inputRows);
            assertThat(manifest().allChecksOk()).as("%s", manifest().checks()).isTrue();
            return this;
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("datasets"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    BacktestSettings of(String runId, Path... files) {
        List<BacktestSettings.InputFile> named = new ArrayList<>();
        for (Path file : files) {
            named.add(
                    new BacktestSettings.InputFile(file.getFileName().toString(), file.toString(), "AUTO", null, null));
        }
        return new BacktestSettings(
                runId,
                home.resolve("out").resolve(runId).toString(),
                home.resolve("data").toString(),
                named,
                null,
                Map.of(),
                false,
                1,
                null,
                10_000,
                "heap",
                60_000_000_000L,
                false,
                false,
                "day",
                null,
                null,
                null,
                null,
                null,
                "America/New_York",
                false,
                false,
                "none",
                "test");
    }

    BacktestSettings demo(String runId) {
        return with(of(runId, DEMO_COMMANDS), settings -> settings.put("instruments", DEMO_INSTRUMENTS.toString()));
    }

    /** The same settings with some changed, named as in the settings file. */
    static BacktestSettings with(BacktestSettings settings, Consumer<Map<String, Object>> change) {
        @SuppressWarnings("unchecked")
        Map<String, Object> all = BacktestSettings.JSON.convertValue(settings, Map.class);
        change.accept(all);
        return BacktestSettings.JSON.convertValue(all, BacktestSettings.class);
    }

    /** Like {@link #of} with the input's text, written to a file first. */
    BacktestSettings of(String runId, String fileName, String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve("in").resolve(runId));
        return of(runId, Files.writeString(folder.resolve(fileName), text));
    }

    /** The program itself in a process of its own, with its standard error kept beside the settings. */
    Process start(BacktestSettings settings, String heap, @Nullable String password) throws IOException {
        Path file = home.resolve(settings.runId() + ".json");
        Files.writeString(file, settings.toJson());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-jar",
                REPOSITORY.resolve("jobs/replay/target/replay.jar").toString(),
                file.toString());
        if (password != null) {
            builder.environment().put(DatabaseLogin.PASSWORD_VARIABLE, password);
        }
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.to(errors(settings).toFile()))
                .start();
    }

    Path errors(BacktestSettings settings) {
        return home.resolve(settings.runId() + ".err");
    }

    /** The readable commands of each instrument. All names of tests are ASCII, so a map's order is that of the files. */
    static Map<String, List<MarketInput>> commands(BacktestSettings settings) throws Exception {
        Map<String, List<MarketInput>> commands = new TreeMap<>();
        try (MergedReader reader = MergedReader.open(InputPlan.plan(RunInput.settings(settings)), null)) {
            for (MarketInput input = reader.next(); input != null; input = reader.next()) {
                if (!input.instrument().isEmpty()) {
                    commands.computeIfAbsent(input.instrument(), name -> new ArrayList<>())
                            .add(input.plain());
                }
            }
        }
        return commands;
    }

    static BacktestSettings stored(BacktestSettings settings, EmbeddedPostgres postgres) {
        return with(settings, all -> all.put("database", Map.of("url", postgres.jdbcUrl(), "user", postgres.user())));
    }

    static Outcome run(BacktestSettings settings) throws Exception {
        return run(settings, null);
    }

    /** Runs in this process, with the database's login if there is one. */
    static Outcome run(BacktestSettings settings, DatabaseLogin login) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            int exitCode = new Backtest(settings, login, err).run();
            return new Outcome(exitCode, Path.of(settings.out()), said.toString(StandardCharsets.UTF_8));
        }
    }
}
