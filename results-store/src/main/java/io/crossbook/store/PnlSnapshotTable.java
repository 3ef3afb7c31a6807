package io.crossbook.store;

import io.crossbook.store.rows.PnlSnapshotRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code pnl_snapshots}: positions at the end of each snapshot interval. */
public final class PnlSnapshotTable implements RunPartition, StateTable<PnlSnapshotRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument, timestamp) DO UPDATE SET
                net_quantity = excluded.net_quantity, average_price = excluded.average_price,
                realized_pnl = excluded.realized_pnl, mark_price = excluded.mark_price,
                unrealized_pnl = excluded.unrealized_pnl, fees = excluded.fees, net_pnl = excluded.net_pnl,
                sequence = excluded.sequence, cash_flow = excluded.cash_flow, closed_quantity = excluded.closed_quantity
            """;

    /** Writes a snapshot; for {@link #bind}. The same one again changes nothing. */
    public static final String UPSERT_SQL = """
            INSERT INTO pnl_snapshots (run_id, client_id, instrument, timestamp, net_quantity, average_price,
                                       realized_pnl, mark_price, unrealized_pnl, fees, net_pnl, sequence, cash_flow,
                                       closed_quantity)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """ + ON_CONFLICT;

    PnlSnapshotTable() {}

    @Override
    public String name() {
        return "pnl_snapshots";
    }

    @Override
    public String columns() {
        return """
                client_id, instrument, timestamp, net_quantity, average_price, realized_pnl, mark_price,
                unrealized_pnl, fees, net_pnl, sequence, cash_flow, closed_quantity""";
    }

    @Override
    public String key() {
        return "client_id, instrument, timestamp";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    /** Fills the parameters of {@link #UPSERT_SQL}. */
    public static void bind(PreparedStatement statement, String runId, PnlSnapshotRow row) throws SQLException {
        statement.setString(1, runId);
        statement.setString(2, row.clientId());
        statement.setString(3, row.instrument());
        statement.setLong(4, row.timestamp());
        Columns.bind(statement, 5, row.netQuantity());
        Columns.bind(statement, 6, row.averagePrice());
        Columns.bind(statement, 7, row.realizedPnl());
        Columns.bind(statement, 8, row.markPrice());
        Columns.bind(statement, 9, row.unrealizedPnl());
        Columns.bind(statement, 10, row.fees());
        Columns.bind(statement, 11, row.netPnl());
        statement.setLong(12, row.sequence());
        Columns.bind(statement, 13, row.cashFlow());
        Columns.bind(statement, 14, row.closedQuantity());
    }

    @Override
    public void write(PnlSnapshotRow row, CopyBuffer out) {
        out.text(row.clientId())
                .text(row.instrument())
                .number(row.timestamp())
                .decimal(row.netQuantity())
                .decimal(row.averagePrice())
                .decimal(row.realizedPnl())
                .decimal(row.markPrice())
                .decimal(row.unrealizedPnl())
                .decimal(row.fees())
                .decimal(row.netPnl())
                .number(row.sequence())
                .decimal(row.cashFlow())
                .decimal(row.closedQuantity())
                .endRow();
    }

    @Override
    public PnlSnapshotRow read(ResultSet row) throws SQLException {
        return new PnlSnapshotRow(
                row.getString("client_id"),
                row.getString("instrument"),
                row.getLong("timestamp"),
                Columns.decimal(row, "net_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                Columns.decimal(row, "realized_pnl"),
                Columns.decimalOrNull(row, "mark_price"),
                Columns.decimalOrNull(row, "unrealized_pnl"),
                Columns.decimal(row, "fees"),
                Columns.decimalOrNull(row, "net_pnl"),
                row.getLong("sequence"),
                Columns.decimal(row, "cash_flow"),
                Columns.decimal(row, "closed_quantity"));
    }
}
