package io.crossbook.store;

import io.crossbook.model.ExecType;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.rows.ExecutionRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code executions}: every execution report, by command and number within the command. */
final class ExecutionTable implements AppendTable<ExecutionRow> {
    @Override
    public String name() {
        return "executions";
    }

    @Override
    public String columns() {
        return """
                instrument, sequence, event_no, timestamp, exec_type, order_id, ord_status, last_price, last_quantity,
                leaves_quantity, reason, client_id, side, type, tif, price, quantity, cum_quantity, average_price,
                trade_id, contra_order_id""";
    }

    @Override
    public String key() {
        return "instrument, sequence, event_no";
    }

    @Override
    public void write(ExecutionRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.eventNo())
                .number(row.timestamp())
                .word(row.execType())
                .text(row.orderId())
                .word(row.ordStatus())
                .decimal(row.lastPrice())
                .decimal(row.lastQuantity())
                .decimal(row.leavesQuantity())
                .word(row.reason())
                .text(row.clientId())
                .word(row.side())
                .word(row.type())
                .word(row.tif())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.cumQuantity())
                .decimal(row.averagePrice())
                .text(row.tradeId())
                .text(row.contraOrderId())
                .endRow();
    }

    @Override
    public ExecutionRow read(ResultSet row) throws SQLException {
        return new ExecutionRow(
                row.getString("instrument"),
                row.getLong("sequence"),
                row.getInt("event_no"),
                row.getLong("timestamp"),
                Columns.word(ExecType.class, row, "exec_type"),
                row.getString("order_id"),
                Columns.wordOrNull(OrdStatus.class, row, "ord_status"),
                Columns.decimalOrNull(row, "last_price"),
                Columns.decimalOrNull(row, "last_quantity"),
                Columns.decimalOrNull(row, "leaves_quantity"),
                Columns.wordOrNull(Reason.class, row, "reason"),
                row.getString("client_id"),
                Columns.wordOrNull(Side.class, row, "side"),
                Columns.wordOrNull(OrderType.class, row, "type"),
                Columns.wordOrNull(TimeInForce.class, row, "tif"),
                Columns.decimalOrNull(row, "price"),
                Columns.decimalOrNull(row, "quantity"),
                Columns.decimalOrNull(row, "cum_quantity"),
                Columns.decimalOrNull(row, "average_price"),
                row.getString("trade_id"),
                row.getString("contra_order_id"));
    }
}
