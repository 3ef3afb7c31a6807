package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients of a run, what they earned, and how that came over time. */
public final class ClientQuery {
    /** No name has a line feed in it. */
    private static final String SEPARATOR = "\n";

    private static final String LIST_SQL = """
            SELECT client_id, currency, instruments, open_positions, unmarked, realized_pnl, unrealized_pnl, fees, net_pnl
            FROM v_pnl_by_client WHERE %s ORDER BY client_id, currency LIMIT ?
            """;

    /** The newest points, the oldest of them first. */
    private static final String EQUITY_SQL = """
            SELECT * FROM (
                SELECT timestamp, currency, realized_pnl, unrealized_pnl, fees, net_pnl, drawdown
                FROM v_equity WHERE run_id = ? AND client_id = ?
                ORDER BY timestamp DESC, currency DESC LIMIT ?) newest
            ORDER BY timestamp, currency
            """;

    private ClientQuery() {}

    /**
     * Clients by name, a row for each currency.
     *
     * @param part of the name; {@code null}: all
     */
    public static Page<ClientPnl> list(
            Connection connection, String runId, @Nullable String part, @Nullable Place after, int limit)
            throws SQLException {
        Conditions wanted = Conditions.ofRun(runId).andIfGiven("strpos(lower(client_id), lower(?)) > 0", part);
        if (after != null) {
            String[] parts = after.text().split(SEPARATOR, 2);
            wanted.and("(client_id, currency) > (?, ?)", parts[0], parts.length < 2 ? "" : parts[1]);
        }
        return Answer.page(
                connection,
                LIST_SQL.formatted(wanted.text()),
                ClientQuery::read,
                row -> new Place(0, row.clientId() + SEPARATOR + row.currency(), 0),
                limit,
                wanted);
    }

    /** What a client had earned at the end of each interval, the oldest first; of many the newest. */
    public static List<StoredEquity> equity(Connection connection, String runId, String clientId, int limit)
            throws SQLException {
        return Answer.list(connection, EQUITY_SQL, ClientQuery::point, runId, clientId, (long) limit);
    }

    private static ClientPnl read(ResultSet row) throws SQLException {
        return new ClientPnl(
                row.getString("client_id"),
                row.getString("currency"),
                row.getLong("instruments"),
                row.getLong("open_positions"),
                row.getLong("unmarked"),
                Columns.decimal(row, "realized_pnl"),
                Columns.decimal(row, "unrealized_pnl"),
                Columns.decimal(row, "fees"),
                Columns.decimal(row, "net_pnl"));
    }

    private static StoredEquity point(ResultSet row) throws SQLException {
        return new StoredEquity(
                Columns.time(row, "timestamp"),
                row.getString("currency"),
                Columns.decimal(row, "realized_pnl"),
                Columns.decimal(row, "unrealized_pnl"),
                Columns.decimal(row, "fees"),
                Columns.decimal(row, "net_pnl"),
                Columns.decimal(row, "drawdown"));
    }
}
