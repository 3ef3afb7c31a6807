package io.crossbook.store;

import io.crossbook.model.Side;
import io.crossbook.store.rows.TradeRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code trades}: matches, by instrument and trade number. */
final class TradeTable implements AppendTable<TradeRow> {
    @Override
    public String name() {
        return "trades";
    }

    @Override
    public String columns() {
        return """
                instrument, trade_no, trade_id, sequence, timestamp, price, quantity, aggressor_side,
                maker_order_id, taker_order_id, buy_order_id, sell_order_id, buy_client_id, sell_client_id""";
    }

    @Override
    public String key() {
        return "instrument, trade_no";
    }

    @Override
    public void write(TradeRow row, CopyBuffer out) {
        row.write(out);
    }

    @Override
    public TradeRow read(ResultSet row) throws SQLException {
        return new TradeRow(
                row.getString("instrument"),
                row.getLong("trade_no"),
                row.getString("trade_id"),
                row.getLong("sequence"),
                row.getLong("timestamp"),
                Columns.decimal(row, "price"),
                Columns.decimal(row, "quantity"),
                Columns.wordOrNull(Side.class, row, "aggressor_side"),
                row.getString("maker_order_id"),
                row.getString("taker_order_id"),
                row.getString("buy_order_id"),
                row.getString("sell_order_id"),
                row.getString("buy_client_id"),
                row.getString("sell_client_id"));
    }
}
