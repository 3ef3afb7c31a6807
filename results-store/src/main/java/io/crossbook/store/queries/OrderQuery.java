package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Orders of a run. Those of a live run are there from their NEW on, those of a backtest once they have ended. */
public final class OrderQuery {
    private static final String LIVE = "status IN ('OPEN', 'PARTIALLY_FILLED')";

    private static final List<String> LIVE_WORDS = List.of("OPEN", "PARTIALLY_FILLED");

    private static final String COLUMNS = """
            instrument, order_id, sequence, client_id, side, type, tif, price, quantity, filled_quantity,
            leaves_quantity, average_price, status, reason, entered_at, updated_at""";

    private static final String NEWEST_SQL = """
            SELECT %s FROM orders WHERE %s
            ORDER BY %s DESC, entered_at DESC, sequence DESC, instrument
            LIMIT 1
            """;

    private static final String INSTRUMENTS_SQL = """
            SELECT DISTINCT instrument FROM orders
            WHERE run_id = ? AND order_id = ? AND %s
            ORDER BY instrument
            """.formatted(LIVE);

    private static final String ENTERED_BY_SQL = """
            SELECT %s FROM orders WHERE run_id = ? AND instrument = ? AND sequence = ?
            """.formatted(COLUMNS);

    private static final String LIST_SQL = """
            SELECT %s FROM orders WHERE %s
            ORDER BY entered_at DESC, instrument DESC, sequence DESC
            LIMIT ?
            """;

    private static final String LIST_OF_INSTRUMENT_SQL = """
            SELECT %s FROM orders WHERE %s
            ORDER BY sequence DESC
            LIMIT ?
            """;

    private OrderQuery() {}

    /**
     * Which orders to list; {@code null} asks nothing.
     *
     * @param status OPEN, PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED or REJECTED
     */
    public record Filter(
            @Nullable String clientId,
            @Nullable String instrument,
            @Nullable String status,
            @Nullable String orderId) {}

    /**
     * The order that is meant by an id, which other instruments and other days may have used too: a live one, else the one
     * entered last.
     *
     * @param instrument {@code null}: in whichever it is
     */
    public static Optional<StoredOrder> newest(
            Connection connection, String runId, String orderId, @Nullable String instrument) throws SQLException {
        Conditions wanted =
                Conditions.ofRun(runId).and("order_id = ?", orderId).andIfGiven("instrument = ?", instrument);
        return Answer.first(connection, NEWEST_SQL.formatted(COLUMNS, wanted.text(), LIVE), OrderQuery::read, wanted);
    }

    /** The instruments in which an order of that id is live, sorted. */
    public static List<String> instrumentsWithLive(Connection connection, String runId, String orderId)
            throws SQLException {
        return Answer.list(connection, INSTRUMENTS_SQL, row -> row.getString("instrument"), runId, orderId);
    }

    /** The order whose NEW was the command of that number. */
    public static Optional<StoredOrder> enteredBy(Connection connection, String runId, String instrument, long sequence)
            throws SQLException {
        return Answer.first(connection, ENTERED_BY_SQL, OrderQuery::read, runId, instrument, sequence);
    }

    /**
     * Orders by the time of their NEW, then instrument, then sequence, the newest first. Those of one instrument, where
     * neither client nor id is asked for, come by sequence alone, which is the same unless the times of its input step back:
     * so the key has them in order.
     */
    public static Page<StoredOrder> list(
            Connection connection, String runId, Filter filter, @Nullable Place after, int limit) throws SQLException {
        boolean bySequence = filter.instrument() != null && filter.clientId() == null && filter.orderId() == null;
        Conditions wanted = Conditions.ofRun(runId)
                .andIfGiven("order_id = ?", filter.orderId())
                .andIfGiven("client_id = ?", filter.clientId())
                .andIfGiven("instrument = ?", filter.instrument())
                .andIfGiven("status = ?", filter.status());
        if (filter.status() != null && LIVE_WORDS.contains(filter.status())) {
            // What the server cannot conclude from a parameter: that the index of the live orders has them all.
            wanted.and(LIVE);
        }
        if (bySequence) {
            wanted.andIfGiven("sequence < ?", after == null ? null : after.minor());
        } else {
            wanted.andBefore("entered_at, instrument, sequence", after);
        }
        return Answer.page(
                connection,
                (bySequence ? LIST_OF_INSTRUMENT_SQL : LIST_SQL).formatted(COLUMNS, wanted.text()),
                OrderQuery::read,
                order -> new Place(Columns.nanos(order.enteredAt()), order.instrument(), order.sequence()),
                limit,
                wanted);
    }

    private static StoredOrder read(ResultSet row) throws SQLException {
        return new StoredOrder(
                row.getString("instrument"),
                row.getString("order_id"),
                row.getLong("sequence"),
                row.getString("client_id"),
                row.getString("side"),
                row.getString("type"),
                row.getString("tif"),
                Columns.decimalOrNull(row, "price"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "filled_quantity"),
                Columns.decimal(row, "leaves_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                row.getString("status"),
                row.getString("reason"),
                Columns.time(row, "entered_at"),
                Columns.time(row, "updated_at"));
    }
}
