package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the trades of an instrument come to in each interval. Only intervals with trades count. */
public final class CandleQuery {
    private static final int WIDER = 8;

    private static final String RANGE_SQL = """
            SELECT first, last
            FROM (SELECT min(timestamp) AS first, max(timestamp) AS last FROM trades WHERE %s) range
            WHERE first IS NOT NULL
            """;

    private static final String LIST_SQL = """
            SELECT bucket.*, opening.price AS open_price, closing.price AS close_price
            FROM (
                SELECT timestamp - timestamp %% ? AS time_bucket,
                       count(*) AS trade_count,
                       sum(quantity) AS total_quantity,
                       quotient(sum(price), count(*)) AS avg_price,
                       min(price) AS min_price,
                       max(price) AS max_price,
                       sum(price * quantity) AS total_volume,
                       quotient(sum(price * quantity), sum(quantity)) AS vwap,
                       min(trade_no) AS first_no,
                       max(trade_no) AS last_no
                FROM trades
                WHERE %s
                GROUP BY time_bucket
                ORDER BY time_bucket DESC
                LIMIT ?) bucket
            JOIN trades opening ON opening.run_id = ? AND opening.instrument = ? AND opening.trade_no = bucket.first_no
            JOIN trades closing ON closing.run_id = ? AND closing.instrument = ? AND closing.trade_no = bucket.last_no
            ORDER BY time_bucket DESC
            """;

    private static final String OVERALL_SQL = """
            SELECT quotient(sum(price * quantity), sum(quantity)) AS vwap FROM trades WHERE %s HAVING count(*) > 0
            """;

    private record Range(long first, long last) {}

    private CandleQuery() {}

    /**
     * The newest candles of an instrument, the oldest of them first. Intervals are counted from 1970 UTC.
     *
     * @param fromNanos only trades from this time on; {@code null}: from the first
     * @param toNanos only trades until this time, itself included; {@code null}: until the last
     * @param limit how many candles at most
     */
    public static List<Candle> list(
            Connection connection,
            String runId,
            String instrument,
            long intervalNanos,
            @Nullable Long fromNanos,
            @Nullable Long toNanos,
            int limit)
            throws SQLException {
        Optional<Range> found = range(connection, runId, instrument, fromNanos, toNanos);
        if (found.isEmpty()) {
            return List.of();
        }
        Range range = found.get();
        long newest = range.last() - range.last() % intervalNanos;
        // However long the history, only its end is read: as long as so many intervals, and longer if some had no
        // trade.
        long length = saturated(limit, intervalNanos);
        while (true) {
            long from = Math.max(newest - (length - intervalNanos), range.first());
            List<Candle> candles = Answer.list(
                    connection,
                    LIST_SQL.formatted(
                            between(runId, instrument, from, range.last()).text()),
                    CandleQuery::read,
                    intervalNanos,
                    between(runId, instrument, from, range.last()),
                    (long) limit,
                    runId,
                    instrument,
                    runId,
                    instrument);
            if (candles.size() == limit || from == range.first()) {
                Collections.reverse(candles);
                return candles;
            }
            length = saturated(WIDER, length);
        }
    }

    private static long saturated(long factor, long length) {
        return length > Long.MAX_VALUE / factor ? Long.MAX_VALUE : factor * length;
    }

    private static Optional<Range> range(
            Connection connection, String runId, String instrument, @Nullable Long fromNanos, @Nullable Long toNanos)
            throws SQLException {
        Conditions wanted = between(runId, instrument, fromNanos, toNanos);
        return Answer.first(
                connection,
                RANGE_SQL.formatted(wanted.text()),
                row -> new Range(row.getLong("first"), row.getLong("last")),
                wanted);
    }

    /** Σ price × quantity ÷ Σ quantity of the trades from one time until another, rounded at 12 decimals; empty without a trade. */
    public static Optional<Decimal> overallVwap(
            Connection connection, String runId, String instrument, @Nullable Long fromNanos, @Nullable Long toNanos)
            throws SQLException {
        Conditions wanted = between(runId, instrument, fromNanos, toNanos);
        return Answer.first(
                connection, OVERALL_SQL.formatted(wanted.text()), row -> Columns.decimal(row, "vwap"), wanted);
    }

    private static Conditions between(
            String runId, String instrument, @Nullable Long fromNanos, @Nullable Long toNanos) {
        return Conditions.ofRun(runId)
                .and("instrument = ?", instrument)
                .andIfGiven("timestamp >= ?", fromNanos)
                .andIfGiven("timestamp <= ?", toNanos);
    }

    private static Candle read(ResultSet row) throws SQLException {
        Decimal lowest = Columns.decimal(row, "min_price");
        Decimal highest = Columns.decimal(row, "max_price");
        return new Candle(
                Columns.time(row, "time_bucket"),
                row.getLong("trade_count"),
                Columns.decimal(row, "total_quantity"),
                Columns.decimal(row, "avg_price"),
                lowest,
                highest,
                Columns.decimal(row, "total_volume"),
                Columns.decimal(row, "vwap"),
                Columns.decimal(row, "open_price"),
                highest,
                lowest,
                Columns.decimal(row, "close_price"));
    }
}
