package io.crossbook.store;

import io.crossbook.store.rows.LotRow;

/** Table {@code lots}: the open lots of each client in each instrument, as they stand now. */
final class LotTable implements StateTable<LotRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument, lot_no) DO UPDATE SET
                trade_id = excluded.trade_id, side = excluded.side, quantity = excluded.quantity,
                price = excluded.price, opened_at = excluded.opened_at, sequence = excluded.sequence
            WHERE lots.sequence <= excluded.sequence
            """;

    @Override
    public String name() {
        return "lots";
    }

    @Override
    public String columns() {
        return """
                client_id, instrument, lot_no, trade_id, side, quantity, price, opened_at, sequence""";
    }

    @Override
    public String key() {
        return "client_id, instrument, lot_no";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    @Override
    public void write(LotRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.sequence()).endRow();
    }
}
