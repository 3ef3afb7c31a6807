package io.crossbook.store;

import io.crossbook.store.rows.PositionRow;

/** Table {@code positions}: the newest state of each client in each instrument. */
final class PositionTable implements StateTable<PositionRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument) DO UPDATE SET
                net_quantity = excluded.net_quantity, average_price = excluded.average_price,
                realized_pnl = excluded.realized_pnl, mark_price = excluded.mark_price,
                unrealized_pnl = excluded.unrealized_pnl, fees = excluded.fees, net_pnl = excluded.net_pnl,
                sequence = excluded.sequence, updated_at = excluded.updated_at, cash_flow = excluded.cash_flow,
                closed_quantity = excluded.closed_quantity
            WHERE stored.sequence <= excluded.sequence
            """;

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

    @Override
    public void write(PositionRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.sequence())
                .number(row.timestamp())
                .decimal(row.cashFlow())
                .decimal(row.closedQuantity())
                .endRow();
    }
}
