package io.crossbook.store;

import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.rows.OrderRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code orders}: orders as they ended, and those open at the end of the run, by the sequence of their NEW. */
final class OrderTable implements AppendTable<OrderRow> {
    @Override
    public String name() {
        return "orders";
    }

    @Override
    public String columns() {
        return """
                instrument, order_id, sequence, client_id, side, type, tif, price, quantity, filled_quantity,
                leaves_quantity, average_price, status, reason, entered_at, updated_at, last_sequence, change_no""";
    }

    @Override
    public String key() {
        return "instrument, sequence";
    }

    @Override
    public String causedBy() {
        return "last_sequence";
    }

    /** Rows of open orders are written at the end of a run only. */
    @Override
    public String isEndRow() {
        return "status IN ('OPEN', 'PARTIALLY_FILLED')";
    }

    @Override
    public void write(OrderRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.lastSequence()).number(row.changeNo()).endRow();
    }

    @Override
    public OrderRow read(ResultSet row) throws SQLException {
        return new OrderRow(
                row.getString("instrument"),
                row.getString("order_id"),
                row.getLong("sequence"),
                row.getString("client_id"),
                Columns.word(Side.class, row, "side"),
                Columns.word(OrderType.class, row, "type"),
                Columns.word(TimeInForce.class, row, "tif"),
                Columns.decimalOrNull(row, "price"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "filled_quantity"),
                Columns.decimal(row, "leaves_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                Columns.word(OrdStatus.class, row, "status"),
                Columns.wordOrNull(Reason.class, row, "reason"),
                row.getLong("entered_at"),
                row.getLong("updated_at"),
                row.getLong("last_sequence"),
                row.getInt("change_no"));
    }
}
