package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trades made elsewhere that a run booked. */
public final class FillQuery {
    private static final String COLUMNS =
            "instrument, sequence, timestamp, trade_id, client_id, side, price, quantity, fee, order_id";

    private static final String LIST_SQL = """
            SELECT %s FROM fills WHERE %s ORDER BY timestamp DESC, instrument DESC, sequence DESC LIMIT ?
            """;

    private static final String FIND_SQL = """
            SELECT %s FROM fills WHERE run_id = ? AND instrument = ? AND client_id = ? AND trade_id = ?
            """.formatted(COLUMNS);

    private FillQuery() {}

    /**
     * Fills by time, then instrument, then sequence, the newest first.
     *
     * @param clientId {@code null}: anybody's
     * @param instruments empty: all
     */
    public static Page<StoredFill> list(
            Connection connection,
            String runId,
            @Nullable String clientId,
            List<String> instruments,
            @Nullable Place after,
            int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId)
                .andIfGiven("client_id = ?", clientId)
                .andAnyOf("instrument", instruments)
                .andBefore("timestamp, instrument, sequence", after);
        return Answer.page(
                connection,
                LIST_SQL.formatted(COLUMNS, wanted.text()),
                FillQuery::read,
                fill -> new Place(Columns.nanos(fill.timestamp()), fill.instrument(), fill.sequence()),
                limit,
                wanted);
    }

    /** The fill that a client's trade id names; the ids of a client are unique in each instrument. */
    public static Optional<StoredFill> find(
            Connection connection, String runId, String instrument, String clientId, String tradeId)
            throws SQLException {
        return Answer.first(connection, FIND_SQL, FillQuery::read, runId, instrument, clientId, tradeId);
    }

    private static StoredFill read(ResultSet row) throws SQLException {
        return new StoredFill(
                row.getString("instrument"),
                row.getLong("sequence"),
                Columns.time(row, "timestamp"),
                row.getString("trade_id"),
                row.getString("client_id"),
                row.getString("side"),
                Columns.decimal(row, "price"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "fee"),
                row.getString("order_id"));
    }
}
