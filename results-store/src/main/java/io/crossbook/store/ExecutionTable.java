package io.crossbook.store;

import io.crossbook.store.rows.ExecutionRow;
import java.util.List;

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
    public List<LiveIndex> indexes() {
        return List.of(new LiveIndex("by_order", "(order_id, instrument, sequence)"));
    }

    @Override
    public void write(ExecutionRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        row.writeMoreColumns(out);
        out.endRow();
    }
}
