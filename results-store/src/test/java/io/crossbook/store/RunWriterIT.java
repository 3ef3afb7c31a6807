package io.crossbook.store;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.delta;
import static io.crossbook.store.StoredRows.execution;
import static io.crossbook.store.StoredRows.fill;
import static io.crossbook.store.StoredRows.level;
import static io.crossbook.store.StoredRows.lot;
import static io.crossbook.store.StoredRows.mark;
import static io.crossbook.store.StoredRows.order;
import static io.crossbook.store.StoredRows.position;
import static io.crossbook.store.StoredRows.realized;
import static io.crossbook.store.StoredRows.refusal;
import static io.crossbook.store.StoredRows.refused;
import static io.crossbook.store.StoredRows.snapshot;
import static io.crossbook.store.StoredRows.trade;
import static io.crossbook.store.StoredRows.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.OrdStatus;
import io.crossbook.model.Side;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunWriterIT {
    /** What {@code COPY} would misread if it were not escaped, and letters of one to four bytes. */
    private static final List<String> HOSTILE = List.of(
            "plain",
            "tab\there",
            "back\\slash",
            "\\N",
            "\\.",
            "line\nbreak",
            "carriage\rreturn",
            "\"quotes\" 'and' ''more''",
            "$$; DROP TABLE runs; --",
            "é ß 株 𝄞 \u0007",
            "",
            " blanks ");

    private static final String WIDE = "-1234567890123456789012345678901234567890.123456789012345678";

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("run_writer");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void givesBackEveryRowOfEveryTableAsItCame() throws Exception {
        String runId = "round-trip.1_A";
        List<TradeRow> trades = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            String text = HOSTILE.get(i);
            trades.add(new TradeRow(
                    "X",
                    i + 1,
                    text,
                    3,
                    Long.MAX_VALUE,
                    d(WIDE),
                    d("0.000000000000000001"),
                    i % 2 == 0 ? Side.SELL : null,
                    i % 2 == 0 ? text : null,
                    null,
                    text,
                    text,
                    text,
                    text));
        }
        List<OrderRow> orders = List.of(
                order("X", 1, 5, 0, OrdStatus.FILLED),
                order("X", 2, 5, 1, OrdStatus.REJECTED),
                order("X", 3, 4, 0, OrdStatus.OPEN));
        try (RunWriter writer = database.openRun(runId)) {
            for (TradeRow trade : trades) {
                writer.add(trade);
            }
            for (OrderRow order : orders) {
                writer.add(order);
            }
            writer.add(execution("X", 1, 1, "\\"));
            writer.add(refusal("X", 2));
            writer.add(realized("X", 1, 3, WIDE));
            writer.add(fill("X", 4, "t\t1", null));
            writer.add(mark("X", 5, "12.8"));
            writer.add(level("X", 6, true, Side.BUY, 1, "10", "3"));
            writer.add(delta("X", 7, "10.01"));
            writer.add(unreadable(8, "\\x00\\xFF\t,\\N"));
            writer.add(refused("X", 9));
            writer.add(position("c", "X", "-15", "112.5", "0.1", 9));
            writer.add(lot("c", "X", 2, Side.SELL, "15", WIDE.substring(1)));
            writer.add(snapshot("c", "X", 60, "1", null, "0"));
            writer.flush();
        }
        database.finish(runId);

        assertThat(stored(TradeRow.class, new TradeTable(), runId, "trade_no")).containsExactlyElementsOf(trades);
        assertThat(stored(OrderRow.class, new OrderTable(), runId, "sequence")).containsExactlyElementsOf(orders);
        assertThat(stored(ExecutionRow.class, new ExecutionTable(), runId, "sequence"))
                .containsExactly(execution("X", 1, 1, "\\"), refusal("X", 2));
        assertThat(stored(RealizedRow.class, new RealizedTable(), runId, "sequence"))
                .containsExactly(realized("X", 1, 3, WIDE));
        assertThat(stored(FillRow.class, new FillTable(), runId, "sequence"))
                .containsExactly(fill("X", 4, "t\t1", null));
        assertThat(stored(MarkRow.class, new MarkTable(), runId, "sequence")).containsExactly(mark("X", 5, "12.8"));
        assertThat(stored(BookSnapshotRow.class, new BookSnapshotTable(), runId, "sequence"))
                .containsExactly(level("X", 6, true, Side.BUY, 1, "10", "3"));
        assertThat(stored(BookDeltaRow.class, new BookDeltaTable(), runId, "sequence"))
                .containsExactly(delta("X", 7, "10.01"));
        assertThat(stored(RejectRow.class, new RejectTable(), runId, "sequence"))
                .containsExactly(unreadable(8, "\\x00\\xFF\t,\\N"), refused("X", 9));
        assertThat(stored(PositionRow.class, new PositionTable(), runId, "client_id"))
                .containsExactly(position("c", "X", "-15", "112.5", "0.1", 9));
        assertThat(stored(LotRow.class, new LotTable(), runId, "lot_no"))
                .containsExactly(lot("c", "X", 2, Side.SELL, "15", WIDE.substring(1)));
        assertThat(stored(PnlSnapshotRow.class, new PnlSnapshotTable(), runId, "timestamp"))
                .containsExactly(snapshot("c", "X", 60, "1", null, "0"));
    }

    @Test
    void removesWhatACheckpointDoesNotCoverOfItsOwnInstrumentsOnly() throws Exception {
        String runId = "beyond";
        try (RunWriter writer = database.openRun(runId)) {
            for (String instrument : List.of("covered", "unknown", "ended", "other")) {
                writer.add(trade(instrument, 1, 10, 1, "1", "1"));
                writer.add(trade(instrument, 2, 11, 1, "1", "1"));
                writer.add(order(instrument, 1, 10, 0, OrdStatus.FILLED));
                writer.add(order(instrument, 2, 11, 0, OrdStatus.FILLED));
                writer.add(order(instrument, 3, 3, 0, OrdStatus.OPEN));
                writer.add(level(instrument, 9, true, Side.BUY, 1, "1", "1"));
                writer.add(level(instrument, 9, false, Side.BUY, 1, "1", "1"));
                // Seen by the command behind it, which the checkpoint does not cover.
                writer.add(level(instrument, 10, false, Side.BUY, 1, "1", "1"));
                writer.add(snapshot("c", instrument, 60, 9));
                writer.add(snapshot("c", instrument, 120, 10));
                writer.add(refused(instrument, 10));
                writer.add(refused(instrument, 11));
            }
            writer.add(unreadable(0, 5, "kept"));
            writer.add(unreadable(0, 6, "gone"));
            writer.add(unreadable(1, 7, "kept of another partition"));
            writer.add(unreadable(2, 0, "gone of one that is not covered"));
            writer.flush();
        }
        try (RunWriter successor = RunWriter.open(database.connect(), runId, 0)) {
            successor.deleteBeyond(
                    new Covered(Map.of("covered", 10L, "ended", Long.MAX_VALUE, "other", 0L), Map.of(0, 5L, 1, 7L)),
                    instrument -> !instrument.equals("other"));
        }

        assertThat(database.ask("SELECT instrument, sequence FROM trades WHERE run_id = ? ORDER BY 1, 2", runId))
                .containsExactly("covered|10", "ended|10", "ended|11", "other|10", "other|11");
        assertThat(database.ask("SELECT instrument, sequence FROM orders WHERE run_id = ? ORDER BY 1, 2", runId))
                .containsExactly("covered|1", "ended|1", "ended|2", "ended|3", "other|1", "other|2", "other|3");
        assertThat(database.ask(
                        "SELECT instrument, last, sequence FROM book_snapshots WHERE run_id = ? ORDER BY 1, 2, 3",
                        runId))
                .containsExactly(
                        "covered|f|9", "ended|f|9", "ended|f|10", "ended|t|9", "other|f|9", "other|f|10", "other|t|9");
        assertThat(database.ask("SELECT instrument, sequence FROM pnl_snapshots WHERE run_id = ? ORDER BY 1, 2", runId))
                .containsExactly("covered|9", "ended|9", "ended|10", "other|9", "other|10");
        assertThat(database.ask(
                        "SELECT instrument, sequence, raw FROM rejects WHERE run_id = ? AND instrument IN ('', 'covered')"
                                + " ORDER BY 1, 2, 3",
                        runId))
                .containsExactly("|0|kept", "|0|kept of another partition", "covered|10|NEW,o1");
    }

    @Test
    void writesTheSameStateTwiceAndNeverAnOlderOneOverANewerOne() throws Exception {
        String runId = "state";
        try (RunWriter writer = database.openRun(runId)) {
            writer.add(position("c", "X", "1", "0", "0", 7));
            writer.add(position("c", "X", "2", "0", "0", 8));
            writer.add(lot("c", "X", 1, Side.BUY, "2", "10"));
            writer.flush();
            writer.add(position("c", "X", "1", "0", "0", 7));
            writer.add(lot("c", "X", 1, Side.BUY, "1", "10"));
            writer.flush();
        }
        assertThat(database.ask("SELECT net_quantity, sequence FROM positions WHERE run_id = ?", runId))
                .containsExactly("2|8");
        assertThat(database.ask("SELECT lot_no, quantity FROM lots WHERE run_id = ?", runId))
                .containsExactly("1|1");
    }

    @Test
    void sendsFullBuffersBeforeTheFlushThatCommitsThem() throws Exception {
        String runId = "full-buffers";
        try (RunWriter writer = database.openRun(runId)) {
            for (long no = 1; no <= 60_000; no++) {
                writer.add(trade("X", no, no, no, "10.25", "3"));
            }
            // What is not committed takes room already.
            while (database.ask(
                            "SELECT FROM pg_class WHERE relname = ? AND pg_relation_size(oid) > 1000000",
                            tradesOf(runId))
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(countOfTrades(runId)).isZero();

            writer.flush();
            assertThat(countOfTrades(runId)).isEqualTo(60_000);
        }
    }

    @Test
    void waitsForTheServerWhenEveryBufferIsOnItsWay() throws Exception {
        String runId = "slow-server";
        try (RunWriter writer = database.openRun(runId);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + tradesOf(runId) + " IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> filled = inBackground(() -> {
                for (long no = 1; no <= 150_000; no++) {
                    writer.add(trade("X", no, no, no, "10.25", "3"));
                }
                writer.flush();
            });
            awaitWaitFor("relation");
            assertThat(filled).isNotDone();

            other.rollback();
            filled.get(60, TimeUnit.SECONDS);
            assertThat(countOfTrades(runId)).isEqualTo(150_000);
        }
    }

    @Test
    void tellsARefusedRowAtTheNextCallAndEveryLaterOne() throws Exception {
        String runId = "refused-early";
        try (RunWriter writer = database.openRun(runId)) {
            writer.add(fill("X", 1, "zero \u0000 byte", null));
            assertThatThrownBy(() -> {
                        for (long no = 1; no <= 1_000_000; no++) {
                            writer.add(fill("X", no, "t" + no, null));
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Run \"refused-early\": writing to fills failed");
            assertThatThrownBy(writer::flush).hasMessageContaining("writing to fills failed");
        }
        assertThat(database.ask("SELECT count(*) FROM fills WHERE run_id = ?", runId))
                .containsExactly("0");
        assertThatNoSenderIsLeft();
    }

    @Test
    void tellsWhenItsConnectionIsGoneAndLeavesNoThread() throws Exception {
        String runId = "cut-off";
        RunWriter writer = database.openRun(runId);
        writer.add(trade("X", 1, 1, 1, "1", "1"));
        writer.flush();
        database.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid ="
                        + " (SELECT run_no::bigint FROM runs WHERE run_id = ?)",
                runId);
        writer.add(trade("X", 2, 2, 2, "1", "1"));
        assertThatThrownBy(writer::flush)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Run \"cut-off\": writing to trades failed");
        writer.close();
        assertThatNoSenderIsLeft();
        assertThat(countOfTrades(runId)).isEqualTo(1);
    }

    @Test
    void endsAWaitThatIsInterruptedAndTheConnectionWithIt() throws Exception {
        String runId = "interrupted";
        RunWriter writer = database.openRun(runId);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + tradesOf(runId) + " IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Thread> flushing = new CompletableFuture<>();
            CompletableFuture<Void> closed = inBackground(() -> {
                flushing.complete(Thread.currentThread());
                writer.add(trade("X", 1, 1, 1, "1", "1"));
                try {
                    assertThatThrownBy(writer::flush).hasMessageContaining("interrupted");
                } finally {
                    writer.close();
                }
            });
            awaitWaitFor("relation");
            flushing.get().interrupt();
            closed.get(60, TimeUnit.SECONDS);
            other.rollback();
        }
        assertThatNoSenderIsLeft();
        assertThat(countOfTrades(runId)).isZero();
    }

    @Test
    void keepsTheNewestStateWhenItIsSentInSeveralBuffers() throws Exception {
        String runId = "many-states";
        try (RunWriter writer = database.openRun(runId)) {
            for (long sequence = 1; sequence <= 60_000; sequence++) {
                writer.add(position("c", "X", String.valueOf(sequence), "0", "0", sequence));
            }
            writer.flush();
        }
        assertThat(database.ask("SELECT net_quantity, sequence FROM positions WHERE run_id = ?", runId))
                .containsExactly("60000|60000");
    }

    @Test
    void dropsWhatWasNotFlushedWhenItIsClosed() throws Exception {
        String runId = "unflushed";
        try (RunWriter writer = database.openRun(runId)) {
            writer.add(trade("X", 1, 1, 1, "1", "1"));
            writer.flush();
            writer.add(trade("X", 2, 2, 2, "1", "1"));
        }
        assertThat(database.ask("SELECT trade_no FROM trades WHERE run_id = ?", runId))
                .containsExactly("1");
    }

    @Test
    void waitsUntilItsPredecessorInTheSamePlaceIsGone() throws Exception {
        String runId = "places";
        RunWriter first = database.openRun(runId);
        RunWriter.open(database.connect(), runId, 1).close();
        Connection connection = database.connect();
        CompletableFuture<RunWriter> successor = CompletableFuture.supplyAsync(() -> {
            try {
                return RunWriter.open(connection, runId, 0);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        awaitWaitFor("advisory");
        assertThat(successor).isNotDone();

        first.close();
        successor.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void namesRunAndTableWhenTheDatabaseRefusesARow() throws Exception {
        String runId = "refused-row";
        try (RunWriter writer = database.openRun(runId)) {
            writer.add(fill("X", 1, "zero \u0000 byte", null));
            assertThatThrownBy(writer::flush)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused-row")
                    .hasMessageContaining("fills")
                    .hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void wantsARunThatIsThere() throws Exception {
        assertThatThrownBy(() -> RunWriter.open(database.connect(), "nobody", 0))
                .hasMessageContaining("No run \"nobody\"");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> inBackground(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** The server itself says when it makes somebody wait. */
    private static void awaitWaitFor(String kindOfLock) throws SQLException {
        while (database.ask("SELECT FROM pg_locks WHERE locktype = ? AND NOT granted", kindOfLock)
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** The last steps of a thread may follow the call that ended it. */
    private static void assertThatNoSenderIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("To Postgres")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static String tradesOf(String runId) throws SQLException {
        return "trades_r"
                + database.ask("SELECT run_no FROM runs WHERE run_id = ?", runId)
                        .get(0);
    }

    private static long countOfTrades(String runId) throws SQLException {
        return Long.parseLong(database.ask("SELECT count(*) FROM trades WHERE run_id = ?", runId)
                .get(0));
    }

    private static <R extends Record> List<R> stored(Class<R> type, CopyTable<R> table, String runId, String order)
            throws Exception {
        List<R> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT * FROM " + table.name() + " WHERE run_id = ? ORDER BY " + order)) {
            select.setString(1, runId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(RowReader.read(type, row));
                }
            }
        }
        return rows;
    }
}
