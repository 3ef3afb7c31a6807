package io.crossbook.store.queries;

import static io.crossbook.store.StoredRows.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.RunTable;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs, fills, and how far a run is stored. */
class QueriesIT {
    private static final String HOSTILE = "x'; DROP TABLE fills; --\"\\%_";
    private static final List<String> CLIENTS = List.of("c1", "c2", HOSTILE);
    private static final List<String> INSTRUMENTS = List.of("A", "é", HOSTILE);

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("queries");
        connection = database.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void listsRunsTheNewestFirstAndMeansTheLiveOneUnlessNamed() throws Exception {
        try (TestDatabase apart = TestDatabase.create("queries_runs");
                Connection runs = apart.connect()) {
            assertThat(RunQuery.newest(runs)).isEmpty();
            assertThat(RunQuery.list(runs, null, 5)).isEqualTo(new Page<>(List.of(), null));
            RunTable.insert(runs, run("live", "backtest", 1));
            for (int i = 0; i < 7; i++) {
                RunTable.insert(runs, run("run-" + i, "backtest", i / 3 * 1_000_000_007L));
            }
            assertThat(RunQuery.newest(runs)).contains("run-6");
            assertThat(Pages.all(2, (after, limit) -> RunQuery.list(runs, after, limit)))
                    .extracting(StoredRun::runId)
                    .containsExactly("run-6", "run-5", "run-4", "run-3", "live", "run-2", "run-1", "run-0");
            RunTable.drop(runs, "live");
            RunTable.insert(runs, run("other-live", "live", 5_000_000_000L));
            assertThat(RunQuery.newest(runs)).contains("other-live");
            RunTable.insert(runs, run("live", "live", 1));
            assertThat(RunQuery.newest(runs)).contains("live");
        }
    }

    private static RunTable.NewRun run(String runId, String mode, long startedAt) {
        return new RunTable.NewRun(runId, mode, "0.1.0", "{}", true, startedAt);
    }

    @Test
    void tellsWhatCameOfARun() throws Exception {
        database.openRun("told").close();
        assertThat(RunQuery.find(connection, "told").orElseThrow())
                .isEqualTo(new StoredRun(
                        "told",
                        "backtest",
                        "0.1.0",
                        "RUNNING",
                        Instant.ofEpochSecond(0, 1_000),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        assertThat(RunQuery.summary(connection, "told")).isEmpty();
        database.finish("told");
        assertThat(RunQuery.find(connection, "told").orElseThrow())
                .isEqualTo(new StoredRun(
                        "told",
                        "backtest",
                        "0.1.0",
                        "FINISHED",
                        Instant.ofEpochSecond(0, 1_000),
                        Instant.ofEpochSecond(2, 1_000),
                        null,
                        "abc",
                        10L,
                        8L,
                        1L,
                        1L,
                        2L,
                        Instant.ofEpochSecond(0, 1),
                        Instant.ofEpochSecond(0, 2)));
        assertThat(RunQuery.summary(connection, "told")).contains("{\"b\":1, \"a\":2}");
        assertThat(RunQuery.find(connection, "nobody' OR '1'='1")).isEmpty();
        assertThat(RunQuery.summary(connection, "nobody")).isEmpty();
    }

    @Test
    void tellsHowFarEachInstrumentIsStored() throws Exception {
        try (RunWriter writer = database.openLive("stored")) {
            writer.add(new WrittenRow("A", 0, 5, null, null));
            writer.add(new WrittenRow(HOSTILE, 0, 7, null, null));
            writer.add(new WrittenRow("", 3, 99, null, null));
            writer.flush();
        }
        assertThat(WrittenQuery.stored(connection, "stored")).isEqualTo(Map.of("A", 5L, HOSTILE, 7L));
        assertThat(WrittenQuery.stored(connection, "nobody")).isEmpty();
    }

    @Test
    void pagesThroughFillsOfEveryClientAndInstrument() throws Exception {
        List<FillRow> stored = randomFills(200, new Random(11));
        try (RunWriter writer = database.openLive("fills")) {
            for (FillRow row : stored) {
                writer.add(row);
            }
            writer.flush();
        }
        List<@Nullable String> clients = new ArrayList<>(CLIENTS);
        clients.add(null);
        for (String client : clients) {
            for (List<String> instruments :
                    List.of(List.<String>of(), List.of("A"), List.of(HOSTILE, "é"), List.of("none"))) {
                List<StoredFill> expected = stored.stream()
                        .filter(row -> client == null || row.clientId().equals(client))
                        .filter(row -> instruments.isEmpty() || instruments.contains(row.instrument()))
                        .sorted(Comparator.comparing(FillRow::timestamp)
                                .thenComparing(FillRow::instrument)
                                .thenComparing(FillRow::sequence)
                                .reversed())
                        .map(QueriesIT::stored)
                        .toList();
                for (int pageSize : new int[] {1, 7, 1000}) {
                    assertThat(Pages.all(
                                    pageSize,
                                    (after, limit) ->
                                            FillQuery.list(connection, "fills", client, instruments, after, limit)))
                            .as("of %s in %s", client, instruments)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static List<FillRow> randomFills(int number, Random random) {
        List<FillRow> fills = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            fills.add(new FillRow(
                    INSTRUMENTS.get(random.nextInt(3)),
                    i,
                    random.nextInt(5) * 999_999_999L,
                    "t" + i,
                    CLIENTS.get(random.nextInt(3)),
                    Side.values()[random.nextInt(2)],
                    Decimal.of(random.nextInt(1_000), 2),
                    Decimal.of(1 + random.nextInt(9)),
                    Decimal.of(random.nextInt(9) - 4, 3),
                    random.nextBoolean() ? "o" + i : null));
        }
        return fills;
    }

    private static StoredFill stored(FillRow row) {
        return new StoredFill(
                row.instrument(),
                row.sequence(),
                Instant.ofEpochSecond(0, row.timestamp()),
                row.tradeId(),
                row.clientId(),
                row.side().name(),
                row.price(),
                row.quantity(),
                row.fee(),
                row.orderId());
    }

    @Test
    void findsAFillByItsTradeIdAmongThoseOfOtherClientsAndInstruments() throws Exception {
        FillRow hostile =
                new FillRow("A", 3, 3, HOSTILE, HOSTILE, Side.BUY, Decimal.ONE, Decimal.ONE, Decimal.ZERO, HOSTILE);
        try (RunWriter writer = database.openLive("found")) {
            writer.add(fill("A", 1, "t", null));
            writer.add(fill("B", 1, "t", "o"));
            writer.add(hostile);
            writer.flush();
        }
        assertThat(FillQuery.find(connection, "found", "B", "client", "t")).contains(stored(fill("B", 1, "t", "o")));
        assertThat(FillQuery.find(connection, "found", "A", HOSTILE, HOSTILE)).contains(stored(hostile));
        assertThat(FillQuery.find(connection, "found", "A", "other", "t")).isEmpty();
        assertThat(FillQuery.find(connection, "other", "A", "client", "t")).isEmpty();
    }
}
