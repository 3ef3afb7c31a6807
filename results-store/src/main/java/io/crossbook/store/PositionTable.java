package io.crossbook.store;

import io.crossbook.store.rows.PositionRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code positions}: the newest state of each client in each instrument. */
public final class PositionTable implements StateTable<PositionRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument) DO UPDATE SET
                net_quantity = excluded.net_quantity, average_price = excluded.average_price,
                realized_pnl = excluded.realized_pnl, mark_price = excluded.mark_price,
                unrealized_pnl = excluded.unrealized_pnl, fees = excluded.fees, net_pnl = excluded.net_pnl,
                sequence = excluded.sequence, updated_at = excluded.updated_at, cash_flow = excluded.cash_flow,
                closed_quantity = excluded.closed_quantity
            WHERE positions.sequence <= excluded.sequence
            """;

    /** Writes a position over an older one; for {@link #bind}. An older one again changes nothing. */
    public static final String UPSERT_SQL = """
            INSERT INTO positions (run_id, client_id, instrument, net_quantity, average_price, realized_pnl, mark_price,
                                   unrealized_pnl, fees, net_pnl, sequence, updated_at, cash_flow, closed_quantity)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """ + ON_CONFLICT;

    PositionTable() {}

    @Override
    public String name() {
        return "positions";
    }

    @Override
    public String columns() {
        return """
                client_id, instrument, net_quantity, average_price, realized_pnl, mark_price, unrealized_pnl,
                fees, net_pnl, sequence, updated_at, cash_flow, closed_quantity""";
    }

    @Override
    public String key() {
        return "client_id, instrument";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    /** Fills the parameters of {@link #UPSERT_SQL}. */
    public static void bind(PreparedStatement statement, String runId, PositionRow row) throws SQLException {
        statement.setString(1, runId);
        statement.setString(2, row.clientId());
        statement.setString(3, row.instrument());
        Columns.bind(statement, 4, row.netQuantity());
        Columns.bind(statement, 5, row.averagePrice());
        Columns.bind(statement, 6, row.realizedPnl());
        Columns.bind(statement, 7, row.markPrice());
        Columns.bind(statement, 8, row.unrealizedPnl());
        Columns.bind(statement, 9, row.fees());
        Columns.bind(statement, 10, row.netPnl());
        statement.setLong(11, row.sequence());
        statement.setLong(12, row.timestamp());
        Columns.bind(statement, 13, row.cashFlow());
        Columns.bind(statement, 14, row.closedQuantity());
    }

    @Override
    public void write(PositionRow row, CopyBuffer out) {
        out.text(row.clientId())
                .text(row.instrument())
                .decimal(row.netQuantity())
                .decimal(row.averagePrice())
                .decimal(row.realizedPnl())
                .decimal(row.markPrice())
                .decimal(row.unrealizedPnl())
                .decimal(row.fees())
                .decimal(row.netPnl())
                .number(row.sequence())
                .number(row.timestamp())
                .decimal(row.cashFlow())
                .decimal(row.closedQuantity())
                .endRow();
    }

    @Override
    public PositionRow read(ResultSet row) throws SQLException {
        return new PositionRow(
                row.getString("client_id"),
                row.getString("instrument"),
                Columns.decimal(row, "net_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                Columns.decimal(row, "realized_pnl"),
                Columns.decimalOrNull(row, "mark_price"),
                Columns.decimalOrNull(row, "unrealized_pnl"),
                Columns.decimal(row, "fees"),
                Columns.decimalOrNull(row, "net_pnl"),
                row.getLong("sequence"),
                row.getLong("updated_at"),
                Columns.decimal(row, "cash_flow"),
                Columns.decimal(row, "closed_quantity"));
    }
}
