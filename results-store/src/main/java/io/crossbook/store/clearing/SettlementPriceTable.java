package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Table {@code settlement_prices}: what each instrument was settled at, and what that was found from. */
public final class SettlementPriceTable {
    private static final String DELETE_SQL = "DELETE FROM settlement_prices WHERE clearing_no = ? AND instrument = ?";

    private static final String INSERT_SQL = """
            INSERT INTO settlement_prices (clearing_no, instrument, price, previous_price, method, window_start, window_end,
                                           trades, volume, vwap, last_price, best_bid, best_ask, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, quotient(?, ?), ?, ?, ?, ?)
            """;

    private static final String FIND_SQL = """
            SELECT price FROM settlement_prices WHERE clearing_no = ? AND instrument = ?
            """;

    /** The best of each side in the newest book until a time, by the times of the books, as their key has them. */
    private static final String SNAPSHOT_SQL = """
            SELECT max(s.price) FILTER (WHERE s.side = 'BUY') AS best_bid,
                   min(s.price) FILTER (WHERE s.side = 'SELL') AS best_ask
            FROM (
                SELECT sequence, timestamp, last
                FROM book_snapshots
                WHERE run_id = ? AND instrument = ? AND timestamp <= ?
                ORDER BY timestamp DESC, sequence DESC, last DESC
                LIMIT 1) newest
            JOIN book_snapshots s USING (sequence, timestamp, last)
            WHERE s.run_id = ? AND s.instrument = ? AND s.level = 1
            """;

    /** Instruments of a clearing in which somebody holds something or something is owed, but that have no price. */
    private static final String MISSING_SQL = """
            SELECT DISTINCT held.instrument
            FROM (
                SELECT p.instrument FROM clearing_runs r
                JOIN clearing_positions p ON p.clearing_no = r.previous_no
                WHERE r.clearing_no = ? AND p.close_quantity <> 0
                UNION SELECT l.instrument FROM clearing_legs l WHERE l.clearing_no = ?
                UNION SELECT o.instrument FROM clearing_runs r
                JOIN obligations o ON o.clearing_no = r.previous_no
                WHERE r.clearing_no = ?) held
            WHERE NOT EXISTS (
                SELECT FROM settlement_prices s WHERE s.clearing_no = ? AND s.instrument = held.instrument)
            ORDER BY held.instrument
            """;

    private SettlementPriceTable() {}

    /**
     * A settlement price with what it was found from.
     *
     * @param windowStart nanoseconds since 1970 UTC
     * @param reason of a price that was given
     */
    public record Row(
            String instrument,
            Decimal price,
            @Nullable Decimal previousPrice,
            String method,
            long windowStart,
            long windowEnd,
            long trades,
            Decimal volume,
            Decimal value,
            @Nullable Decimal lastPrice,
            @Nullable Decimal bestBid,
            @Nullable Decimal bestAsk,
            @Nullable String reason) {}

    /** Best prices of a book; {@code null} where a side is empty or not known. */
    public record Quote(@Nullable Decimal bestBid, @Nullable Decimal bestAsk) {}

    public static void delete(Connection connection, long clearingNo, String instrument) throws SQLException {
        Statements.update(connection, DELETE_SQL, clearingNo, instrument);
    }

    public static void insert(Connection connection, long clearingNo, Row row) throws SQLException {
        Statements.update(
                connection,
                INSERT_SQL,
                clearingNo,
                row.instrument(),
                row.price(),
                Statements.orNull(row.previousPrice(), Types.NUMERIC),
                row.method(),
                row.windowStart(),
                row.windowEnd(),
                row.trades(),
                row.volume(),
                row.value(),
                row.volume(),
                Statements.orNull(row.lastPrice(), Types.NUMERIC),
                Statements.orNull(row.bestBid(), Types.NUMERIC),
                Statements.orNull(row.bestAsk(), Types.NUMERIC),
                Statements.orNull(row.reason(), Types.VARCHAR));
    }

    public static Optional<Decimal> find(Connection connection, long clearingNo, String instrument)
            throws SQLException {
        return Statements.first(connection, FIND_SQL, row -> Columns.decimal(row, "price"), clearingNo, instrument);
    }

    /** The book's best prices as its snapshots have them at a time. */
    public static Quote quote(Connection connection, String runId, String instrument, long nanos) throws SQLException {
        return Statements.first(
                        connection,
                        SNAPSHOT_SQL,
                        row -> new Quote(
                                Columns.decimalOrNull(row, "best_bid"), Columns.decimalOrNull(row, "best_ask")),
                        runId,
                        instrument,
                        nanos,
                        runId,
                        instrument)
                .orElseThrow();
    }

    public static List<String> missing(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(
                connection, MISSING_SQL, row -> row.getString(1), clearingNo, clearingNo, clearingNo, clearingNo);
    }
}
