package io.crossbook.store;

import io.crossbook.store.rows.PnlSnapshotRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code pnl_snapshots}: positions at the end of each snapshot interval. */
final class PnlSnapshotTable implements AppendTable<PnlSnapshotRow> {
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

    /** The end of an interval is seen when the next command comes. */
    @Override
    public String causedBy() {
        return "sequence + 1";
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
