package io.crossbook.store.queries;

import static io.crossbook.store.StoredRows.d;
import static io.crossbook.store.StoredRows.level;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.RunTable;
import io.crossbook.store.RunWriter;
import io.crossbook.store.TestDatabase;
import io.crossbook.store.queries.SnapshotQuery.SnapshotHead;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Books out of snapshots and changes, against a book that is kept beside. */
class BookQueriesIT {
    private static final String X = "X'; --";
    private static final long SECOND = 1_000_000_000L;
    private static final StoredBook NOTHING = new StoredBook(X, 0, null, List.of(), List.of());

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create("book_queries");
        connection = database.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void showsTheBookOfALiveRunNowAndAtEveryTime() throws Exception {
        followBook("with-snapshots", 10 * SECOND, false);
        followBook("without-snapshots", 0, false);
        followBook("taken-on-demand", 10 * SECOND, true);
    }

    private static void followBook(String runId, long interval, boolean takes) throws Exception {
        Random random = new Random(runId.hashCode());
        KeptBook book = new KeptBook(X);
        TreeMap<Long, StoredBook> byTime = new TreeMap<>();
        StoredBook newest = NOTHING;
        long time = 1_700_000_000L * SECOND;
        try (RunWriter writer = database.openLive(runId)) {
            assertThat(BookQuery.newest(connection, runId, X)).isEqualTo(NOTHING);
            assertThat(BookQuery.asOf(connection, runId, X, time)).contains(NOTHING);
            writer.add(new BookDeltaRow("other", 1, time, Side.BUY, d("9.5"), d("1"), d("0"), 1));
            for (long sequence = 1; sequence <= 300; sequence++) {
                long next = time + random.nextInt(4) * 700_000_001L;
                if (interval > 0 && next / interval > time / interval) {
                    long end = (time / interval + 1) * interval;
                    List<BookSnapshotRow> snapshot = book.snapshot(sequence - 1, end, false);
                    for (BookSnapshotRow row : snapshot) {
                        writer.add(row);
                    }
                    if (!snapshot.isEmpty() && newest.sequence() < sequence - 1) {
                        newest = book.stored(sequence - 1, end);
                        byTime.put(end, newest);
                    }
                }
                time = next;
                List<BookDeltaRow> changes = book.change(sequence, time, random);
                for (BookDeltaRow row : changes) {
                    writer.add(row);
                }
                if (!changes.isEmpty()) {
                    newest = book.stored(sequence, time);
                    byTime.put(time, newest);
                }
                if (random.nextInt(8) == 0) {
                    writer.flush();
                    assertThat(BookQuery.newest(connection, runId, X))
                            .as("after %s", sequence)
                            .isEqualTo(newest);
                    if (takes) {
                        // On a clock far ahead of that of the input.
                        SnapshotQuery.take(connection, runId, X, time * 2 / 3 + random.nextInt());
                        SnapshotQuery.take(connection, runId, X, 2 * time);
                    }
                }
            }
            writer.flush();
        }
        for (int i = 0; i < 200; i++) {
            long at =
                    byTime.firstKey() - SECOND + (long) (random.nextDouble() * (time - byTime.firstKey() + 2 * SECOND));
            assertAsOf(runId, byTime, at);
        }
        for (long at : byTime.keySet()) {
            assertAsOf(runId, byTime, at - 1);
            assertAsOf(runId, byTime, at);
        }
        playToTheEnd(runId, newest);
    }

    /** From nothing, change by change. */
    private static void playToTheEnd(String runId, StoredBook end) throws SQLException {
        Map<String, TreeMap<Decimal, StoredLevel>> sides = Map.of("BUY", new TreeMap<>(), "SELL", new TreeMap<>());
        long from = 0;
        List<StoredChange> changes = BookQuery.changes(connection, runId, X, from, 7);
        while (!changes.isEmpty()) {
            for (StoredChange change : changes) {
                assertThat(change.sequence()).isGreaterThan(from);
                from = change.sequence();
                for (StoredLevel level : change.levels()) {
                    if (level.quantity().isZero()) {
                        sides.get(level.side()).remove(level.price());
                    } else {
                        sides.get(level.side()).put(level.price(), level);
                    }
                }
            }
            changes = BookQuery.changes(connection, runId, X, from, 7);
        }
        assertThat(List.copyOf(sides.get("BUY").descendingMap().values())).isEqualTo(end.bids());
        assertThat(List.copyOf(sides.get("SELL").values())).isEqualTo(end.asks());
    }

    private static void assertAsOf(String runId, TreeMap<Long, StoredBook> byTime, long at) throws SQLException {
        StoredBook expected =
                byTime.floorKey(at) == null ? NOTHING : byTime.floorEntry(at).getValue();
        assertThat(BookQuery.asOf(connection, runId, X, at))
                .as("%s at %s", runId, at)
                .contains(expected);
    }

    @Test
    void leavesOutWhatCameBehindALaterCommand() throws Exception {
        try (RunWriter writer = database.openLive("stepping")) {
            writer.add(bid(1, 10 * SECOND, "9"));
            writer.add(bid(2, 20 * SECOND, "8"));
            writer.add(bid(3, 15 * SECOND, "7"));
            writer.flush();
        }
        assertThat(BookQuery.asOf(connection, "stepping", X, 17 * SECOND).orElseThrow())
                .extracting(StoredBook::sequence, book -> book.bids().size())
                .containsExactly(1L, 1);
        assertThat(BookQuery.asOf(connection, "stepping", X, 20 * SECOND).orElseThrow())
                .extracting(StoredBook::sequence, book -> book.bids().size())
                .containsExactly(3L, 3);
    }

    private static BookDeltaRow bid(long sequence, long timestamp, String price) {
        return new BookDeltaRow(X, sequence, timestamp, Side.BUY, d(price), d("1"), d("0"), 1);
    }

    @Test
    void showsTheEndOfAFinishedRun() throws Exception {
        try (RunWriter writer = database.openRun("ended")) {
            writer.add(level(X, 5, false, Side.BUY, 1, "10", "5"));
            writer.add(level(X, 7, true, Side.BUY, 1, "11", "6"));
            writer.add(level(X, 7, true, Side.SELL, 1, "12", "7"));
            writer.add(level(X, 7, true, Side.SELL, 2, "13", "8"));
            // Its book was empty in the end.
            writer.add(level("emptied", 5, false, Side.BUY, 1, "10", "5"));
            writer.flush();
        }
        assertThat(BookQuery.newest(connection, "ended", "emptied").bids()).hasSize(1);
        database.finish("ended");
        assertThat(BookQuery.newest(connection, "ended", X))
                .isEqualTo(new StoredBook(
                        X,
                        7,
                        Instant.ofEpochSecond(0, 7),
                        List.of(new StoredLevel("BUY", d("11"), d("6"), d("0"), 2)),
                        List.of(
                                new StoredLevel("SELL", d("12"), d("7"), d("0"), 2),
                                new StoredLevel("SELL", d("13"), d("8"), d("0"), 2))));
        assertThat(BookQuery.newest(connection, "ended", "emptied"))
                .isEqualTo(new StoredBook("emptied", 0, null, List.of(), List.of()));
        assertThat(BookQuery.asOf(connection, "ended", X, 6)).isEmpty();
        assertThat(BookQuery.asOf(connection, "nobody", X, 6)).isEmpty();
    }

    @Test
    void knowsFromItsSettingThatABacktestKeepsItsHistory() throws Exception {
        for (boolean keeps : new boolean[] {true, false}) {
            String runId = "keeps-" + keeps;
            String config = "{\"book_history\": " + keeps + "}";
            RunTable.insert(connection, new RunTable.NewRun(runId, "backtest", "0.1.0", config, true, 1));
            assertThat(BookQuery.asOf(connection, runId, X, 6).isPresent()).isEqualTo(keeps);
        }
    }

    @Test
    void takesABookDownTwiceWithoutARowTooMany() throws Exception {
        Random random = new Random(23);
        KeptBook book = new KeptBook(X);
        try (RunWriter writer = database.openLive("taken")) {
            assertThat(SnapshotQuery.take(connection, "taken", X, 123_456_789)).isZero();
            for (long sequence = 1; sequence <= 20; sequence++) {
                for (BookDeltaRow row : book.change(sequence, sequence, random)) {
                    writer.add(row);
                }
            }
            writer.add(bid(21, 21, "5"));
            book.apply(bid(21, 21, "5"));
            writer.flush();
            assertThat(SnapshotQuery.take(connection, "taken", X, 123_456_789)).isEqualTo(21);
            List<String> once = storedSnapshots("taken");
            assertThat(SnapshotQuery.take(connection, "taken", X, 123_456_001)).isEqualTo(21);
            assertThat(storedSnapshots("taken")).isEqualTo(once);
            assertThat(once).isEqualTo(lines(book.snapshot(21, 123_456_001, false)));
            writer.add(bid(22, 22, "4"));
            book.apply(bid(22, 22, "4"));
            writer.flush();
        }
        assertThat(BookQuery.newest(connection, "taken", X)).isEqualTo(book.stored(22, 22));
        assertThat(SnapshotQuery.take(connection, "taken", X, 123_457_000)).isEqualTo(22);
        assertThat(SnapshotQuery.list(connection, "taken", null, null, 10).rows())
                .extracting(head -> head.timestamp().getNano())
                .containsExactly(123_457_001, 123_456_001);
    }

    private static List<String> storedSnapshots(String runId) throws SQLException {
        return database.ask("""
                SELECT sequence, timestamp, last, side, level, price, quantity, hidden_quantity, orders
                FROM book_snapshots WHERE run_id = ? ORDER BY timestamp, side, level
                """, runId);
    }

    private static List<String> lines(List<BookSnapshotRow> rows) {
        return rows.stream()
                .map(row -> row.sequence() + "|" + row.timestamp() + "|f|" + row.side() + "|" + row.level() + "|"
                        + row.price() + "|" + row.quantity() + "|" + row.hiddenQuantity() + "|" + row.orders())
                .toList();
    }

    @Test
    void emptiesATakenBookWithoutARow() throws Exception {
        try (RunWriter writer = database.openLive("emptied")) {
            writer.add(bid(1, 1, "5"));
            writer.add(new BookDeltaRow(X, 2, 2, Side.BUY, d("5"), d("0"), d("0"), 0));
            writer.flush();
        }
        assertThat(SnapshotQuery.take(connection, "emptied", X, 5_000)).isEqualTo(2);
        assertThat(storedSnapshots("emptied")).isEmpty();
        assertThat(BookQuery.newest(connection, "emptied", X))
                .isEqualTo(new StoredBook(X, 2, Instant.ofEpochSecond(0, 2), List.of(), List.of()));
    }

    @Test
    void listsTheBooksThatWereTakenDown() throws Exception {
        try (RunWriter writer = database.openLive("listed")) {
            for (long at = 1; at <= 9; at++) {
                writer.add(level(X, at, false, Side.BUY, 1, "10", "5"));
                writer.add(level(X, at, false, Side.BUY, 2, "9", "5"));
                writer.add(level(X, at, false, Side.SELL, 1, "11", "5"));
                writer.add(level("Y", at, false, Side.SELL, 1, "11", "5"));
            }
            // The end of the run on the end of an interval is one book.
            writer.add(level("Y", 9, true, Side.SELL, 1, "11", "5"));
            writer.flush();
        }
        for (int pageSize : new int[] {1, 4, 100}) {
            List<SnapshotHead> all =
                    Pages.all(pageSize, (after, limit) -> SnapshotQuery.list(connection, "listed", null, after, limit));
            assertThat(all).hasSize(18);
            assertThat(all.get(0))
                    .isEqualTo(new SnapshotHead("Y", 9, Instant.ofEpochSecond(0, 9), 0, 1, null, d("11")));
            assertThat(all.get(1))
                    .isEqualTo(new SnapshotHead(X, 9, Instant.ofEpochSecond(0, 9), 2, 1, d("10"), d("11")));
            assertThat(Pages.all(pageSize, (after, limit) -> SnapshotQuery.list(connection, "listed", X, after, limit)))
                    .extracting(SnapshotHead::sequence)
                    .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        }
        assertThat(SnapshotQuery.list(connection, "listed", "none", null, 5).rows())
                .isEmpty();
    }
}
