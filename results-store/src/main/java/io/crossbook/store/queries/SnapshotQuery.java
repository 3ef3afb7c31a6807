package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Books that were taken down, at the ends of intervals and on demand. */
public final class SnapshotQuery {
    /** The last three digits of the time of a book that was taken on demand. Ends of intervals lie at whole seconds. */
    static final int ON_DEMAND_NANOS = 1;

    private static final String TAKE_SQL = BookQuery.NEWEST_PARTS + """
            , taken AS (
                INSERT INTO book_snapshots (run_id, instrument, sequence, timestamp, last, side, level, price, quantity,
                                            hidden_quantity, orders)
                SELECT ?, ?, moment.sequence, ?, false, side,
                       row_number() OVER (PARTITION BY side ORDER BY CASE side WHEN 'BUY' THEN -price ELSE price END),
                       price, quantity, hidden_quantity, orders
                FROM moment CROSS JOIN levels
                ON CONFLICT DO NOTHING)
            SELECT sequence FROM moment
            """;

    private static final String LIST_SQL = """
            SELECT head.instrument, head.sequence, head.timestamp, book.bid_levels, book.ask_levels, book.best_bid,
                   book.best_ask
            FROM (
                SELECT DISTINCT timestamp, instrument, sequence
                FROM book_snapshots
                WHERE %s AND level = 1
                ORDER BY timestamp DESC, instrument DESC, sequence DESC
                LIMIT ?) head
            CROSS JOIN LATERAL (
                SELECT count(DISTINCT level) FILTER (WHERE side = 'BUY') AS bid_levels,
                       count(DISTINCT level) FILTER (WHERE side = 'SELL') AS ask_levels,
                       max(price) FILTER (WHERE side = 'BUY') AS best_bid,
                       min(price) FILTER (WHERE side = 'SELL') AS best_ask
                FROM book_snapshots s
                WHERE s.run_id = ? AND s.instrument = head.instrument AND s.timestamp = head.timestamp
                  AND s.sequence = head.sequence) book
            ORDER BY head.timestamp DESC, head.instrument DESC, head.sequence DESC
            LIMIT ?
            """;

    private SnapshotQuery() {}

    /**
     * A book that was taken down.
     *
     * @param sequence the last command that is in it
     * @param bidLevels how many prices it has, as {@code askLevels}
     * @param bestBid {@code null} if the side was empty, as {@code bestAsk}
     */
    public record SnapshotHead(
            String instrument,
            long sequence,
            Instant timestamp,
            int bidLevels,
            int askLevels,
            @Nullable Decimal bestBid,
            @Nullable Decimal bestAsk) {}

    /**
     * Takes down the newest book of a run. The same book at the same time again changes nothing; an empty book leaves no rows.
     *
     * @param nanos the time since 1970 UTC; stored with the nanoseconds …001 of its microsecond, where the rows of the run
     *     itself never lie
     * @return the last command that is in it, 0 if nothing is known of the instrument
     */
    public static long take(Connection connection, String runId, String instrument, long nanos) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        Collections.addAll(parameters, BookQuery.newestParameters(runId, instrument));
        Collections.addAll(parameters, runId, instrument, nanos - nanos % 1000 + ON_DEMAND_NANOS);
        return Answer.first(connection, TAKE_SQL, row -> row.getLong("sequence"), parameters.toArray())
                .orElse(0L);
    }

    /**
     * Books that were taken down by time, then instrument, then sequence, the newest first. The book at the end of a run
     * counts too.
     *
     * @param instrument {@code null}: all
     */
    public static Page<SnapshotHead> list(
            Connection connection, String runId, @Nullable String instrument, @Nullable Place after, int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId)
                .andIfGiven("instrument = ?", instrument)
                .andBefore("timestamp, instrument, sequence", after);
        return Answer.page(
                connection,
                LIST_SQL.formatted(wanted.text()),
                SnapshotQuery::read,
                head -> new Place(Columns.nanos(head.timestamp()), head.instrument(), head.sequence()),
                limit,
                wanted,
                limit + 1L,
                runId);
    }

    private static SnapshotHead read(ResultSet row) throws SQLException {
        return new SnapshotHead(
                row.getString("instrument"),
                row.getLong("sequence"),
                Columns.time(row, "timestamp"),
                row.getInt("bid_levels"),
                row.getInt("ask_levels"),
                Columns.decimalOrNull(row, "best_bid"),
                Columns.decimalOrNull(row, "best_ask"));
    }
}
