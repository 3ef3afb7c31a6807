package io.crossbook.store;

import io.crossbook.store.rows.PnlSnapshotRow;

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
        row.writeFileColumns(out);
        out.number(row.sequence())
                .decimal(row.cashFlow())
                .decimal(row.closedQuantity())
                .endRow();
    }
}
