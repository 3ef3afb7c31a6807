package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A book that a test keeps from the changes it writes. */
final class KeptBook {
    private final String instrument;
    private final Map<Side, TreeMap<Decimal, BookDeltaRow>> sides = Map.of(
            Side.BUY,
            new TreeMap<>(Comparator.<Decimal>reverseOrder()),
            Side.SELL,
            new TreeMap<Decimal, BookDeltaRow>());

    KeptBook(String instrument) {
        this.instrument = instrument;
    }

    /** Changes up to three levels, some to nothing; no change at all happens too. */
    List<BookDeltaRow> change(long sequence, long timestamp, Random random) {
        Map<String, BookDeltaRow> changes = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Side side = Side.values()[random.nextInt(2)];
            Decimal price = Decimal.of(side == Side.BUY ? 90 + random.nextInt(10) : 100 + random.nextInt(10), 1);
            boolean gone = random.nextInt(3) == 0;
            BookDeltaRow row = new BookDeltaRow(
                    instrument,
                    sequence,
                    timestamp,
                    side,
                    price,
                    gone ? Decimal.ZERO : Decimal.of(1 + random.nextInt(99), 1),
                    gone ? Decimal.ZERO : Decimal.of(random.nextInt(3)),
                    gone ? 0 : 1 + random.nextInt(5));
            changes.put(side + " " + price, row);
            apply(row);
        }
        return List.copyOf(changes.values());
    }

    void apply(BookDeltaRow row) {
        if (row.quantity().isZero()) {
            sides.get(row.side()).remove(row.price());
        } else {
            sides.get(row.side()).put(row.price(), row);
        }
    }

    List<BookSnapshotRow> snapshot(long sequence, long timestamp, boolean last) {
        List<BookSnapshotRow> rows = new ArrayList<>();
        for (Side side : Side.values()) {
            int level = 0;
            for (BookDeltaRow row : sides.get(side).values()) {
                rows.add(new BookSnapshotRow(
                        instrument,
                        sequence,
                        timestamp,
                        last,
                        side,
                        ++level,
                        row.price(),
                        row.quantity(),
                        row.hiddenQuantity(),
                        row.orders()));
            }
        }
        return rows;
    }

    List<StoredLevel> levels(Side side) {
        return sides.get(side).values().stream()
                .map(row ->
                        new StoredLevel(side.name(), row.price(), row.quantity(), row.hiddenQuantity(), row.orders()))
                .toList();
    }

    StoredBook stored(long sequence, long timestamp) {
        return new StoredBook(
                instrument, sequence, Instant.ofEpochSecond(0, timestamp), levels(Side.BUY), levels(Side.SELL));
    }
}
