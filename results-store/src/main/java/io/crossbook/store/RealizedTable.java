package io.crossbook.store;

import io.crossbook.store.rows.RealizedRow;

/** Table {@code realized_pnl}: closing pieces of lots, by instrument and number. */
final class RealizedTable implements AppendTable<RealizedRow> {
    @Override
    public String name() {
        return "realized_pnl";
    }

    @Override
    public String columns() {
        return """
                instrument, realized_no, client_id, opening_trade_id, closing_trade_id, side, quantity,
                open_price, close_price, pnl, timestamp, sequence""";
    }

    @Override
    public String key() {
        return "instrument, realized_no";
    }

    @Override
    public void write(RealizedRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.sequence()).endRow();
    }
}
