package io.crossbook.store;

import io.crossbook.store.rows.OrderRow;

/** The orders of a run that goes on, as they stand: a row is there from the NEW on, and is replaced as its order changes. */
final class LiveOrderTable implements StateTable<OrderRow> {
    private static final OrderTable ORDERS = new OrderTable();

    private static final String ON_CONFLICT = """
            ON CONFLICT (instrument, sequence) DO UPDATE SET
                price = excluded.price, quantity = excluded.quantity, filled_quantity = excluded.filled_quantity,
                leaves_quantity = excluded.leaves_quantity, average_price = excluded.average_price,
                status = excluded.status, reason = excluded.reason, updated_at = excluded.updated_at,
                last_sequence = excluded.last_sequence, change_no = excluded.change_no
            WHERE stored.last_sequence <= excluded.last_sequence
            """;

    @Override
    public String name() {
        return ORDERS.name();
    }

    @Override
    public String columns() {
        return ORDERS.columns();
    }

    @Override
    public String key() {
        return ORDERS.key();
    }

    /** The key is that of the run's partition. */
    @Override
    public String target(int runNo) {
        return ORDERS.partition(runNo);
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    @Override
    public void write(OrderRow row, CopyBuffer out) {
        ORDERS.write(row, out);
    }
}
