package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trades that a run matched. */
public final class TradeQuery {
    private static final String COLUMNS = """
            instrument, trade_no, trade_id, sequence, timestamp, price, quantity, aggressor_side, maker_order_id,
            taker_order_id, buy_order_id, sell_order_id, buy_client_id, sell_client_id""";

    private static final String ORDER = "ORDER BY timestamp DESC, instrument DESC, trade_no DESC";

    private static final String LIST_SQL = """
            SELECT %s FROM trades WHERE %s %s LIMIT ?
            """;

    /** Each side has its index; of a client who trades with himself the trade is taken once, from the buyers. */
    private static final String OF_CLIENT_SQL = """
            SELECT * FROM (
                (SELECT %1$s FROM trades WHERE %2$s AND buy_client_id = ? %3$s LIMIT ?)
                UNION ALL
                (SELECT %1$s FROM trades WHERE %2$s AND sell_client_id = ? AND buy_client_id <> ? %3$s LIMIT ?)) of_client
            %3$s LIMIT ?
            """;

    private static final String LAST_SQL = """
            SELECT %s FROM trades WHERE run_id = ? AND instrument = ? ORDER BY trade_no DESC LIMIT 1
            """.formatted(COLUMNS);

    private TradeQuery() {}

    /**
     * Trades by time, then instrument, then number, the newest first.
     *
     * @param instrument {@code null}: all
     * @param clientId on either side; {@code null}: anybody's
     * @param fromNanos only those from this time on; {@code null}: from the first
     * @param toNanos only those until this time, itself included; {@code null}: until the last
     */
    public static Page<StoredTrade> list(
            Connection connection,
            String runId,
            @Nullable String instrument,
            @Nullable String clientId,
            @Nullable Long fromNanos,
            @Nullable Long toNanos,
            @Nullable Place after,
            int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId)
                .andIfGiven("instrument = ?", instrument)
                .andIfGiven("timestamp >= ?", fromNanos)
                .andIfGiven("timestamp <= ?", toNanos)
                .andBefore("timestamp, instrument, trade_no", after);
        if (clientId == null) {
            return page(connection, LIST_SQL.formatted(COLUMNS, wanted.text(), ORDER), limit, wanted);
        }
        long oneMore = limit + 1L;
        return page(
                connection,
                OF_CLIENT_SQL.formatted(COLUMNS, wanted.text(), ORDER),
                limit,
                wanted,
                clientId,
                oneMore,
                wanted,
                clientId,
                clientId,
                oneMore);
    }

    private static Page<StoredTrade> page(Connection connection, String sql, int limit, Object... parameters)
            throws SQLException {
        return Answer.page(
                connection,
                sql,
                TradeQuery::read,
                trade -> new Place(Columns.nanos(trade.timestamp()), trade.instrument(), trade.tradeNo()),
                limit,
                parameters);
    }

    /** The last trade of an instrument. */
    public static Optional<StoredTrade> last(Connection connection, String runId, String instrument)
            throws SQLException {
        return Answer.first(connection, LAST_SQL, TradeQuery::read, runId, instrument);
    }

    private static StoredTrade read(ResultSet row) throws SQLException {
        return new StoredTrade(
                row.getString("instrument"),
                row.getLong("trade_no"),
                row.getString("trade_id"),
                row.getLong("sequence"),
                Columns.time(row, "timestamp"),
                Columns.decimal(row, "price"),
                Columns.decimal(row, "quantity"),
                row.getString("aggressor_side"),
                row.getString("maker_order_id"),
                row.getString("taker_order_id"),
                row.getString("buy_order_id"),
                row.getString("sell_order_id"),
                row.getString("buy_client_id"),
                row.getString("sell_client_id"));
    }
}
