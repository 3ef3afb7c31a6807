package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executions of a run that keeps them. */
public final class ExecutionQuery {
    private static final String COLUMNS = """
            instrument, sequence, event_no, timestamp, exec_type, order_id, ord_status, last_price, last_quantity,
            leaves_quantity, reason, client_id, side, type, tif, price, quantity, cum_quantity, average_price,
            trade_id, contra_order_id""";

    private static final String OF_COMMAND_SQL = """
            SELECT %s FROM executions
            WHERE run_id = ? AND instrument = ? AND sequence = ?
            ORDER BY event_no
            """.formatted(COLUMNS);

    private static final String NEXT_ORDER = """
            coalesce(
                (SELECT min(sequence) FROM orders
                 WHERE run_id = ? AND order_id = ? AND instrument = ? AND sequence > ?), 9223372036854775807)""";

    private static final String OF_ORDER_SQL = """
            SELECT %s FROM executions WHERE %s ORDER BY sequence, event_no LIMIT ?
            """;

    private ExecutionQuery() {}

    /** What a command brought about, in order. */
    public static List<StoredExecution> ofCommand(Connection connection, String runId, String instrument, long sequence)
            throws SQLException {
        return Answer.list(connection, OF_COMMAND_SQL, ExecutionQuery::read, runId, instrument, sequence);
    }

    /**
     * What happened to an order, the oldest first. An id may be used again on another day: what happened to the next order
     * of that id is left out, and so are orders that were refused because this one has the id.
     *
     * @param fromSequence of the order's NEW
     */
    public static Page<StoredExecution> ofOrder(
            Connection connection,
            String runId,
            String instrument,
            String orderId,
            long fromSequence,
            @Nullable Place after,
            int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId)
                .and("instrument = ?", instrument)
                .and("order_id = ?", orderId)
                .and("sequence >= ?", fromSequence)
                .and("sequence < " + NEXT_ORDER, runId, orderId, instrument, fromSequence)
                .and("(sequence = ? OR reason IS DISTINCT FROM 'DUPLICATE_ORDER_ID')", fromSequence);
        if (after != null) {
            wanted.and("(sequence, event_no) > (?, ?)", after.major(), after.minor());
        }
        return Answer.page(
                connection,
                OF_ORDER_SQL.formatted(COLUMNS, wanted.text()),
                ExecutionQuery::read,
                execution -> new Place(execution.sequence(), execution.instrument(), execution.eventNo()),
                limit,
                wanted);
    }

    private static StoredExecution read(ResultSet row) throws SQLException {
        return new StoredExecution(
                row.getString("instrument"),
                row.getLong("sequence"),
                row.getInt("event_no"),
                Columns.time(row, "timestamp"),
                row.getString("exec_type"),
                row.getString("order_id"),
                row.getString("ord_status"),
                Columns.decimalOrNull(row, "last_price"),
                Columns.decimalOrNull(row, "last_quantity"),
                Columns.decimalOrNull(row, "leaves_quantity"),
                row.getString("reason"),
                row.getString("client_id"),
                row.getString("side"),
                row.getString("type"),
                row.getString("tif"),
                Columns.decimalOrNull(row, "price"),
                Columns.decimalOrNull(row, "quantity"),
                Columns.decimalOrNull(row, "cum_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                row.getString("trade_id"),
                row.getString("contra_order_id"));
    }
}
