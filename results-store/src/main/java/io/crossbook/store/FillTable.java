package io.crossbook.store;

import io.crossbook.model.Side;
import io.crossbook.store.rows.FillRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code fills}: trades made elsewhere that were booked, by the command that brought them. */
final class FillTable implements AppendTable<FillRow> {
    @Override
    public String name() {
        return "fills";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, trade_id, client_id, side, price, quantity, fee, order_id";
    }

    @Override
    public String key() {
        return "instrument, sequence";
    }

    @Override
    public void write(FillRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .text(row.tradeId())
                .text(row.clientId())
                .word(row.side())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.fee())
                .text(row.orderId())
                .endRow();
    }

    @Override
    public FillRow read(ResultSet row) throws SQLException {
        return new FillRow(
                row.getString("instrument"),
                row.getLong("sequence"),
                row.getLong("timestamp"),
                row.getString("trade_id"),
                row.getString("client_id"),
                Columns.word(Side.class, row, "side"),
                Columns.decimal(row, "price"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "fee"),
                row.getString("order_id"));
    }
}
