package io.crossbook.store;

import io.crossbook.store.rows.OrderRow;

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
}
