package io.crossbook.store;

import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.snapshot;
import static io.crossbook.store.StoredRows.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunTableIT {
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("run_table");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void migratesAnEmptyDatabaseFromTwoProcessesAtOnceAndThenChangesNothing() throws Exception {
        try (TestDatabase empty = TestDatabase.empty("migrations")) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> migrate(empty));
            migrate(empty);
            other.join();
            migrate(empty);
            try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
                assertThat(empty.ask("SELECT count(*) FROM flyway_schema_history WHERE success"))
                        .containsExactly(Long.toString(migrations.count()));
            }
        }
    }

    private static void migrate(TestDatabase database) {
        try {
            Database.migrate(database.url(), database.user(), database.password());
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void notesWhatCameOfARun() throws Exception {
        database.openRun("noted").close();
        database.finish("noted");
        try (Connection connection = database.connect()) {
            RunTable.RunRow run = RunTable.find(connection, "noted").orElseThrow();
            assertThat(run.state()).isEqualTo(RunTable.State.FINISHED);
            assertThat(run.hash()).isEqualTo("abc");
            assertThat(run.summary()).isEqualTo("{\"b\":1, \"a\":2}");
            assertThat(run.endedAt()).isEqualTo(2_000_001_000L);
        }
    }

    @Test
    void refusesASecondRunOfTheSameId() throws Exception {
        database.openRun("twice").close();
        assertThatThrownBy(() -> database.openRun("twice"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"twice\" is stored already");
    }

    @Test
    void failsAndResumesARun() throws Exception {
        database.openRun("stopped").close();
        try (Connection connection = database.connect()) {
            RunTable.fail(connection, "stopped", "out of disk", 5);
            assertThat(RunTable.find(connection, "stopped").orElseThrow().failure())
                    .isEqualTo("out of disk");
            RunTable.resume(connection, "stopped");
            assertThat(RunTable.find(connection, "stopped").orElseThrow().state())
                    .isEqualTo(RunTable.State.RUNNING);
        }
    }

    @Test
    void dropsARunWithItsRowsAndNoOther() throws Exception {
        for (String runId : List.of("dropped", "kept")) {
            try (RunWriter writer = database.openRun(runId)) {
                writer.add(trade("X", 1, 1, 1, "1", "1"));
                writer.add(position("c", "X", "1", "0", "0", 1));
                writer.add(lot("c", "X", 1, Side.BUY, "1", "1"));
                writer.add(snapshot("c", "X", 1, "0", "0", "0"));
                writer.flush();
            }
        }
        try (Connection connection = database.connect()) {
            RunTable.drop(connection, "dropped");
            RunTable.drop(connection, "dropped");
            assertThat(RunTable.exists(connection, "dropped")).isFalse();
        }
        for (String table : List.of("trades", "positions", "lots", "pnl_snapshots")) {
            assertThat(database.ask("SELECT run_id FROM " + table + " WHERE run_id IN ('dropped', 'kept')"))
                    .as(table)
                    .containsExactly("kept");
        }
        database.openRun("dropped").close();
    }

    @Test
    void doesNotFinishARunThatHoldsARowTwice() throws Exception {
        try (RunWriter writer = database.openRun("doubled")) {
            writer.add(trade("X", 1, 1, 1, "1", "1"));
            writer.add(trade("X", 1, 1, 1, "1", "1"));
            writer.flush();
        }
        assertThatThrownBy(() -> database.finish("doubled")).hasMessageContaining("trade_no");
        assertThat(database.ask("SELECT state FROM runs WHERE run_id = 'doubled'"))
                .containsExactly("RUNNING");
    }

    @Test
    void givesIndexesToALiveRunAndOnlyKeysToOthers() throws Exception {
        database.openLive("indexed").close();
        database.openRun("keyed").close();
        try (Connection connection = database.connect()) {
            RunTable.prepareToGrow(connection, "indexed");
            RunTable.buildKeys(connection, "keyed");
        }
        database.finish("keyed");
        assertThat(indexes("keyed", "orders")).containsExactly("pkey");
        assertThat(indexes("indexed", "orders"))
                .containsExactly("by_client", "by_order", "by_time", "pkey", "still_live");
        assertThat(indexes("indexed", "trades"))
                .containsExactly("by_buyer", "by_instrument", "by_seller", "by_time", "pkey");
        assertThat(careOf("keyed")).containsExactly("null");
        assertThat(careOf("indexed"))
                .containsExactly("{autovacuum_analyze_scale_factor=1,autovacuum_vacuum_insert_scale_factor=1}");
    }

    private static List<String> careOf(String runId) throws SQLException {
        return database.ask("""
                SELECT DISTINCT coalesce(reloptions::text, 'null')
                FROM pg_class
                WHERE relkind = 'r' AND relname ~ ('_r' || (SELECT run_no FROM runs WHERE run_id = ?) || '$')
                """, runId);
    }

    private static List<String> indexes(String runId, String table) throws SQLException {
        return database.ask("""
                SELECT substr(indexname, length(tablename) + 2) AS name
                FROM pg_indexes
                WHERE tablename = ? || '_r' || (SELECT run_no FROM runs WHERE run_id = ?)
                ORDER BY name
                """, table, runId);
    }

    @Test
    void opensRunsSideBySideWhileOthersWrite() throws Exception {
        try (RunWriter writer = database.openRun("writing")) {
            writer.add(trade("X", 1, 1, 1, "1", "1"));
            List<CompletableFuture<Void>> openings = List.of(open("side.1"), open("side.2"), open("side.3"));
            for (long no = 2; no < 50; no++) {
                writer.add(trade("X", no, no, no, "1", "1"));
                writer.flush();
            }
            openings.forEach(CompletableFuture::join);
        }
        assertThat(database.ask("SELECT count(*) FROM trades WHERE run_id = 'writing'"))
                .containsExactly("49");
    }

    private static CompletableFuture<Void> open(String runId) {
        return CompletableFuture.runAsync(() -> {
            try {
                database.openRun(runId).close();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void keepsInstrumentsAndProgress() throws Exception {
        Instrument future = new Instrument(
                "ESZ4",
                InstrumentKind.FUTURE,
                "EUR",
                StoredRows.d("0.25"),
                Decimal.ONE,
                StoredRows.d("50"),
                StoredRows.d("-0.5"),
                Decimal.ONE,
                Decimal.ONE,
                null,
                null,
                null,
                StoredRows.d("12.5"),
                null,
                false,
                LocalDate.of(2024, 12, 20),
                "XCME",
                1);
        List<Instrument> instruments = List.of(future, Instrument.permissive("a"), Instrument.permissive("é"));
        database.openRun("described").close();
        try (Connection connection = database.connect()) {
            InstrumentTable.insert(connection, "described", instruments);
            InstrumentTable.insert(connection, "described", instruments);
            assertThat(InstrumentTable.read(connection, "described")).containsExactlyElementsOf(instruments);

            RunProgressTable.Progress ahead = new RunProgressTable.Progress("a", 9, 2, 4);
            RunProgressTable.write(connection, "described", List.of(ahead));
            RunProgressTable.write(connection, "described", List.of(new RunProgressTable.Progress("a", 8, 1, 3)));
            assertThat(RunProgressTable.find(connection, "described", "a")).contains(ahead);
        }
    }
}
