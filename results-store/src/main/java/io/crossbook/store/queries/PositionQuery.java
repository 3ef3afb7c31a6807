package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Positions of a client and what they are worth now. */
public final class PositionQuery {
    /**
     * As the view {@code v_positions}, with marks that are looked up by the key of the run's own partition. Lots and trades are
     * not looked at, however many there are: realized + unrealized = cash flow + position × mark × multiplier, and so the open
     * lots cost realized − cash flow. (OFFSET keeps the mark from being looked up anew wherever it is named.)
     */
    private static final String OF_CLIENT_SQL = """
            SELECT named.*, mark.price AS mark_price, worth.market_value, worth.unrealized_pnl,
                   named.realized_pnl + worth.unrealized_pnl - named.fees AS net_pnl
            FROM (
                SELECT p.client_id, p.instrument, coalesce(i.currency, 'USD') AS currency,
                       coalesce(i.multiplier, 1) AS multiplier, p.net_quantity, p.average_price,
                       p.realized_pnl - p.cash_flow AS cost, p.cash_flow, p.realized_pnl, p.fees, p.closed_quantity,
                       p.sequence, p.updated_at
                FROM positions p
                LEFT JOIN instruments i USING (run_id, instrument)
                WHERE %s) named
            CROSS JOIN LATERAL (%s OFFSET 0) mark
            CROSS JOIN LATERAL (
                SELECT named.net_quantity * mark.price * named.multiplier AS market_value,
                       unrealized_pnl(named.net_quantity, named.cash_flow, named.realized_pnl, mark.price,
                                      named.multiplier) AS unrealized_pnl) worth
            ORDER BY named.instrument
            """;

    private PositionQuery() {}

    /**
     * Positions of a client by instrument, flat ones with a history too.
     *
     * @param instruments empty: all
     */
    public static List<StoredPosition> ofClient(
            Connection connection, String runId, String clientId, List<String> instruments) throws SQLException {
        Conditions wanted =
                Conditions.ofRun(runId).and("client_id = ?", clientId).andAnyOf("instrument", instruments);
        return Answer.list(
                connection,
                OF_CLIENT_SQL.formatted(wanted.text(), MarkQuery.PRICE_OF_NAMED),
                PositionQuery::read,
                wanted,
                runId,
                runId,
                runId);
    }

    private static StoredPosition read(ResultSet row) throws SQLException {
        return new StoredPosition(
                row.getString("client_id"),
                row.getString("instrument"),
                row.getString("currency"),
                Columns.decimal(row, "net_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                Columns.decimalOrNull(row, "mark_price"),
                Columns.decimalOrNull(row, "market_value"),
                Columns.decimal(row, "cost"),
                Columns.decimal(row, "realized_pnl"),
                Columns.decimalOrNull(row, "unrealized_pnl"),
                Columns.decimal(row, "fees"),
                Columns.decimalOrNull(row, "net_pnl"),
                Columns.decimal(row, "closed_quantity"),
                row.getLong("sequence"),
                Columns.time(row, "updated_at"));
    }
}
