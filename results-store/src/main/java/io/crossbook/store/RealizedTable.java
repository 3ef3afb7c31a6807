package io.crossbook.store;

import io.crossbook.model.Side;
import io.crossbook.store.rows.RealizedRow;
import java.sql.ResultSet;
import java.sql.SQLException;

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

    @Override
    public RealizedRow read(ResultSet row) throws SQLException {
        return new RealizedRow(
                row.getString("instrument"),
                row.getLong("realized_no"),
                row.getString("client_id"),
                row.getString("opening_trade_id"),
                row.getString("closing_trade_id"),
                Columns.word(Side.class, row, "side"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "open_price"),
                Columns.decimal(row, "close_price"),
                Columns.decimal(row, "pnl"),
                row.getLong("timestamp"),
                row.getLong("sequence"));
    }
}
