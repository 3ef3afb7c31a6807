package io.crossbook.store;

import io.crossbook.store.rows.BookSnapshotRow;
import java.util.List;

/** Table {@code book_snapshots}: whole books at moments of the run, the end of the run among them. */
final class BookSnapshotTable implements AppendTable<BookSnapshotRow> {
    @Override
    public String name() {
        return "book_snapshots";
    }

    @Override
    public String columns() {
        return "instrument, sequence, timestamp, last, side, level, price, quantity, hidden_quantity, orders";
    }

    /** The end of the run can fall on the end of an interval. */
    @Override
    public String key() {
        return "instrument, timestamp, sequence, last, side, level";
    }

    /** The end of an interval is seen when the next command comes. */
    @Override
    public String causedBy() {
        return "sequence + 1";
    }

    @Override
    public String isEndRow() {
        return "last";
    }

    /** Of each book one row or two: its best prices. */
    @Override
    public List<LiveIndex> indexes() {
        return List.of(
                new LiveIndex("by_command", "(instrument, sequence, timestamp) WHERE level = 1"),
                new LiveIndex("by_time", "(timestamp, instrument, sequence) WHERE level = 1"));
    }

    @Override
    public void write(BookSnapshotRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .flag(row.last())
                .word(row.side())
                .number(row.level())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.hiddenQuantity())
                .number(row.orders())
                .endRow();
    }
}
