package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.RunTable;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first promise: one input, one answer, however it is run and however often it is killed. The long form kills more
 * often: {@code -Dcrossbook.kills=10}.
 */
class SameAnswerIT {
    private static final long SEED = Long.getLong("crossbook.seed", 20240304);
    private static final String HEAP = "1g";
    private static final int KILLS = Integer.getInteger("crossbook.kills", 2);

    private static Path home;
    private static String expected;

    @BeforeAll
    static void runOnce() throws Exception {
        // Below target and not in a temporary folder of mode 0700, which the server's own user could not enter.
        home = Files.createTempDirectory(Runs.REPOSITORY.resolve("jobs/replay/target"), "same-answer-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Runs.Outcome plain = Runs.run(new Runs(home).demo("plain"));
        assertThat(plain.exitCode()).isZero();
        expected = plain.manifest().hash();
    }

    @Test
    void atAnyParallelism() throws Exception {
        assertSame(new Runs(home).demo("two"), Map.of("parallelism", 2));
        assertSame(new Runs(home).demo("four"), Map.of("parallelism", 4));
    }

    @Test
    void atAnyCheckpointIntervalAndWithBothStateBackends() throws Exception {
        assertSame(new Runs(home).demo("often"), Map.of("checkpoint_interval_millis", 100));
        assertSame(new Runs(home).demo("rocks"), Map.of("checkpoint_interval_millis", 500, "state", "rocksdb"));
    }

    @Test
    void fromOneFileOrOneForEachInstrument() throws Exception {
        List<Path> parts = splitByInstrument(Files.createDirectories(home.resolve("parts")));
        assertThat(parts).hasSizeGreaterThan(2);
        BacktestSettings split = Runs.with(
                new Runs(home).of("split", parts.toArray(Path[]::new)),
                all -> all.put("instruments", Runs.DEMO_INSTRUMENTS.toString()));
        assertSame(split, Map.of("parallelism", 2));
    }

    @Test
    void afterBeingKilledAgainAndAgainWithEveryRowOnceInPostgres() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("data"), 5433)) {
            int kills = 0;
            for (int run = 1; kills < KILLS; run++) {
                kills += runWithKills("killed-" + run, random, KILLS - kills, postgres);
            }
        }
    }

    /** Runs to the end, killed at moments of its start, its course and its closing alike; returns how often it was. */
    private static int runWithKills(String runId, RandomGenerator random, int mostKills, EmbeddedPostgres postgres)
            throws Exception {
        Runs runs = new Runs(home);
        BacktestSettings settings =
                Runs.with(Runs.stored(runs.demo(runId), postgres), all -> all.put("checkpoint_interval_millis", 200));
        int kills = 0;
        Process process = runs.start(settings, HEAP, postgres.password());
        while (kills < mostKills && !process.waitFor(random.nextLong(500, 6_000), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            kills++;
            BacktestSettings resumed = Runs.with(settings, all -> all.put("resume", true));
            process = runs.start(resumed, HEAP, postgres.password());
        }
        String where = "seed " + SEED + ", " + runId + " killed " + kills + " times";
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(where).isTrue();
        assertThat(process.exitValue()).as(where).isZero();
        Path out = Path.of(settings.out());
        assertThat(RunManifest.read(out).hash()).as(where).isEqualTo(expected);
        assertRowsEqualFiles(postgres, runId, out);
        System.out.println(where + ": same hash, same rows");
        return kills;
    }

    private static void assertSame(BacktestSettings settings, Map<String, Object> changes) throws Exception {
        Runs.Outcome outcome = Runs.run(Runs.with(settings, all -> all.putAll(changes)));
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        assertThat(outcome.manifest().hash()).as(settings.runId()).isEqualTo(expected);
    }

    private static void assertRowsEqualFiles(EmbeddedPostgres postgres, String runId, Path out) throws Exception {
        Map<String, String> tables = Map.of(
                "trades", "trades.csv",
                "orders", "orders.csv",
                "realized_pnl", "realized.csv",
                "lots", "lots.csv",
                "positions", "positions.csv",
                "rejects", "rejects.csv");
        DatabaseLogin login = new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password());
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            assertThat(RunTable.find(connection, runId).orElseThrow().summary())
                    .as("with its checks")
                    .isEqualTo(Files.readString(out.resolve("run.json")));
            for (Map.Entry<String, String> table : tables.entrySet()) {
                String count = "SELECT count(*) FROM " + table.getKey() + " WHERE run_id = '" + runId + "'";
                try (ResultSet rows = statement.executeQuery(count)) {
                    rows.next();
                    assertThat(rows.getLong(1))
                            .as(table.getKey())
                            .isEqualTo(Files.readAllLines(out.resolve(table.getValue()))
                                            .size()
                                    - 1L);
                }
            }
        }
    }

    private static List<Path> splitByInstrument(Path folder) throws Exception {
        Map<String, PrintWriter> parts = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Runs.DEMO_COMMANDS)), StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            int instrument = List.of(header.split(",")).indexOf("instrument");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.split(",", -1)[instrument];
                PrintWriter part = parts.get(name);
                if (part == null) {
                    Path file = folder.resolve(parts.size() + ".csv");
                    files.add(file);
                    part = new PrintWriter(Files.newBufferedWriter(file));
                    part.println(header);
                    parts.put(name, part);
                }
                part.println(line);
            }
        }
        parts.values().forEach(PrintWriter::close);
        return files;
    }
}
