package io.crossbook.store;

import io.crossbook.store.rows.MarkRow;

/** Table {@code marks}: prices that value open positions, by the command that brought them. */
final class MarkTable implements AppendTable<MarkRow> {
    @Override
    public String name() {
        return "marks";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, price";
    }

    @Override
    public String key() {
        return "instrument, sequence";
    }

    @Override
    public void write(MarkRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .decimal(row.price())
                .endRow();
    }
}
