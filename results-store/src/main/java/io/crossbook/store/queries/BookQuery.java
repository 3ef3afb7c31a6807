package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Order books of a run, out of its snapshots and the changes behind them. */
public final class BookQuery {
    /**
     * The snapshot to begin with: the newest; of a finished run none but that of its end. Each has a level 1. Bound to the
     * run, the instrument and again the run.
     */
    private static final String NEWEST_SNAPSHOT = """
            SELECT sequence, timestamp, last
            FROM book_snapshots
            WHERE run_id = ? AND instrument = ? AND level = 1
              AND (last OR NOT EXISTS (SELECT FROM runs WHERE run_id = ? AND state = 'FINISHED'))
            ORDER BY sequence DESC, timestamp DESC, last DESC
            LIMIT 1""";

    /**
     * The newest end of an interval until a time: nothing before it was later. The end of the run is not asked, since its
     * time is that of a record, and nor is what was taken on demand, at a time of another clock. Bound to the run, the
     * instrument and the time.
     */
    private static final String SNAPSHOT_UNTIL = """
            SELECT sequence, timestamp, last
            FROM book_snapshots
            WHERE run_id = ? AND instrument = ? AND level = 1 AND timestamp <= ? AND NOT last AND timestamp %% 1000 <> %d
            ORDER BY timestamp DESC, sequence DESC
            LIMIT 1""".formatted(SnapshotQuery.ON_DEMAND_NANOS);

    private static final String NO_LIMIT = "SELECT 9223372036854775807 AS sequence";

    /** The first change behind the snapshot that is later than a time. Bound to the run, the instrument and the time. */
    private static final String FIRST_LATER = """
            SELECT coalesce(
                (SELECT sequence FROM book_deltas
                 WHERE run_id = ? AND instrument = ? AND timestamp > ?
                   AND sequence > (SELECT coalesce(max(sequence), 0) FROM base)
                 ORDER BY sequence LIMIT 1),
                9223372036854775807) AS sequence""";

    /**
     * The parts of a book: {@code base}, the snapshot to begin with; {@code later}, the first command that is not in the book;
     * {@code changed}, the newest change of each level in between; {@code levels}, what is in the book; {@code moment}, the
     * last command it shows. With parameters of the first two, then five times of run and instrument.
     */
    private static final String PARTS = """
            WITH base AS (%s),
            later AS (%s),
            changed AS (
                SELECT side, price, max(sequence) AS sequence
                FROM book_deltas
                WHERE run_id = ? AND instrument = ?
                  AND sequence > (SELECT coalesce(max(sequence), 0) FROM base)
                  AND sequence < (SELECT sequence FROM later)
                GROUP BY side, price),
            levels AS (
                SELECT side, price, d.quantity, d.hidden_quantity, d.orders
                FROM changed
                JOIN book_deltas d USING (sequence, side, price)
                WHERE d.run_id = ? AND d.instrument = ? AND d.quantity > 0
                UNION ALL
                SELECT s.side, s.price, s.quantity, s.hidden_quantity, s.orders
                FROM base
                JOIN book_snapshots s USING (sequence, timestamp, last)
                WHERE s.run_id = ? AND s.instrument = ?
                  AND NOT EXISTS (SELECT FROM changed c WHERE c.side = s.side AND c.price = s.price)),
            moment AS (
                SELECT sequence, timestamp
                FROM (
                    SELECT sequence, timestamp, 1 AS preference FROM base
                    UNION ALL
                    (SELECT sequence, timestamp, 2 FROM book_deltas
                     WHERE run_id = ? AND instrument = ? AND sequence < (SELECT sequence FROM later)
                     ORDER BY sequence DESC LIMIT 1)) either
                ORDER BY sequence DESC, preference DESC
                LIMIT 1)
            """;

    /** {@link #PARTS} of the newest book; {@link #newestParameters} has what it is bound to. */
    static final String NEWEST_PARTS = PARTS.formatted(NEWEST_SNAPSHOT, NO_LIMIT);

    private static final String BEST_FIRST = "side, CASE side WHEN 'BUY' THEN -price ELSE price END";

    private static final String SELECT_BOOK = """
            SELECT moment.sequence, moment.timestamp, side, price, quantity, hidden_quantity, orders
            FROM moment LEFT JOIN levels ON true
            ORDER BY %s
            """.formatted(BEST_FIRST);

    private static final String NEWEST_SQL = NEWEST_PARTS + SELECT_BOOK;

    private static final String AS_OF_SQL = PARTS.formatted(SNAPSHOT_UNTIL, FIRST_LATER) + SELECT_BOOK;

    private static final String KEEPS_HISTORY_SQL = """
            SELECT mode = 'live' OR coalesce(config ->> 'book_history', '') = 'true'
                   OR EXISTS (SELECT FROM book_deltas WHERE run_id = ?) AS keeps
            FROM runs WHERE run_id = ?
            """;

    /** Changes of so many commands; bound to run, instrument and sequence twice over, and the number of commands between. */
    private static final String CHANGES_SQL = """
            SELECT sequence, timestamp, side, price, quantity, hidden_quantity, orders
            FROM book_deltas
            WHERE run_id = ? AND instrument = ? AND sequence > ?
              AND sequence <= (
                  SELECT max(sequence)
                  FROM (SELECT DISTINCT sequence FROM book_deltas
                        WHERE run_id = ? AND instrument = ? AND sequence > ? ORDER BY sequence LIMIT ?) next)
            ORDER BY sequence, side, price
            """;

    /** @param level {@code null}: the book is empty */
    private record Row(
            long sequence, Instant timestamp, @Nullable StoredLevel level) {}

    private BookQuery() {}

    /** The book at the end of a finished run, else as far as it is stored. */
    public static StoredBook newest(Connection connection, String runId, String instrument) throws SQLException {
        return book(connection, NEWEST_SQL, instrument, newestParameters(runId, instrument));
    }

    static Object[] newestParameters(String runId, String instrument) {
        return new Object[] {
            runId, instrument, runId, runId, instrument, runId, instrument, runId, instrument, runId, instrument
        };
    }

    /**
     * The book as it stood at a time: after the commands until that time, which are those before the first one that is later.
     * (A command that comes behind a later one, though it bears an earlier time, is not in it: nobody had it then.)
     *
     * @param nanos since 1970 UTC
     * @return empty if the run does not keep the history of its books, or there is no such run
     */
    public static Optional<StoredBook> asOf(Connection connection, String runId, String instrument, long nanos)
            throws SQLException {
        boolean keeps = Answer.first(connection, KEEPS_HISTORY_SQL, row -> row.getBoolean("keeps"), runId, runId)
                .orElse(false);
        if (!keeps) {
            return Optional.empty();
        }
        return Optional.of(book(
                connection,
                AS_OF_SQL,
                instrument,
                runId,
                instrument,
                nanos,
                runId,
                instrument,
                nanos,
                runId,
                instrument,
                runId,
                instrument,
                runId,
                instrument,
                runId,
                instrument));
    }

    /**
     * What the commands behind one changed, in their order.
     *
     * @param commands how many at most
     */
    public static List<StoredChange> changes(
            Connection connection, String runId, String instrument, long sequence, int commands) throws SQLException {
        List<Row> rows = Answer.list(
                connection,
                CHANGES_SQL,
                BookQuery::read,
                runId,
                instrument,
                sequence,
                runId,
                instrument,
                sequence,
                (long) commands);
        List<StoredChange> changes = new ArrayList<>();
        for (Row row : rows) {
            StoredChange last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            if (last == null || last.sequence() != row.sequence()) {
                last = new StoredChange(row.sequence(), row.timestamp(), new ArrayList<>());
                changes.add(last);
            }
            if (row.level() != null) {
                last.levels().add(row.level());
            }
        }
        return changes;
    }

    private static StoredBook book(Connection connection, String sql, String instrument, Object... parameters)
            throws SQLException {
        List<Row> rows = Answer.list(connection, sql, BookQuery::read, parameters);
        if (rows.isEmpty()) {
            return new StoredBook(instrument, 0, null, List.of(), List.of());
        }
        Row any = rows.get(0);
        return new StoredBook(instrument, any.sequence(), any.timestamp(), side(rows, "BUY"), side(rows, "SELL"));
    }

    private static Row read(ResultSet row) throws SQLException {
        String side = row.getString("side");
        StoredLevel level = side == null
                ? null
                : new StoredLevel(
                        side,
                        Columns.decimal(row, "price"),
                        Columns.decimal(row, "quantity"),
                        Columns.decimal(row, "hidden_quantity"),
                        row.getInt("orders"));
        return new Row(row.getLong("sequence"), Columns.time(row, "timestamp"), level);
    }

    private static List<StoredLevel> side(List<Row> rows, String side) {
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(row.level()).stream())
                .filter(level -> level.side().equals(side))
                .toList();
    }
}
