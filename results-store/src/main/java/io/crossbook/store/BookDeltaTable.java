package io.crossbook.store;

import io.crossbook.store.rows.BookDeltaRow;

/** Table {@code book_deltas}: price levels as each command left them. */
final class BookDeltaTable implements AppendTable<BookDeltaRow> {
    @Override
    public String name() {
        return "book_deltas";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, side, price, quantity, hidden_quantity, orders";
    }

    @Override
    public String key() {
        return "instrument, sequence, side, price";
    }

    @Override
    public void write(BookDeltaRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .word(row.side())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.hiddenQuantity())
                .number(row.orders())
                .endRow();
    }
}
