package io.crossbook.store;

import io.crossbook.store.rows.OrderRow;
import java.util.List;

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

    /** The live orders, few among all, have one of their own: a question for them would read all others too. */
    @Override
    public List<LiveIndex> indexes() {
        return List.of(
                new LiveIndex("by_order", "(order_id, instrument, sequence)"),
                new LiveIndex("by_client", "(client_id, entered_at, instrument, sequence)"),
                new LiveIndex("by_time", "(entered_at, instrument, sequence)"),
                new LiveIndex("still_live", "(entered_at, instrument, sequence) WHERE " + isEndRow()));
    }

    @Override
    public void write(OrderRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.lastSequence()).number(row.changeNo()).endRow();
    }
}
