package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Side;
import java.util.List;

/**
 * One row of {@code book_snapshots}: a price level at a moment of the run.
 *
 * @param sequence of the last command before the moment
 * @param last whether it is the book at the end of the run
 * @param level from 1, the best
 * @param quantity the displayed part
 */
public record BookSnapshotRow(
        String instrument,
        long sequence,
        long timestamp,
        boolean last,
        Side side,
        int level,
        Decimal price,
        Decimal quantity,
        Decimal hiddenQuantity,
        int orders) {
    public static List<BookSnapshotRow> of(MarketEvent.BookSnapshot book, Instrument instrument) {
        return BookLevels.number(
                book.levels(),
                (level, number) -> new BookSnapshotRow(
                        book.instrument(),
                        book.sequence(),
                        book.transactTime(),
                        book.last(),
                        level.side(),
                        number,
                        instrument.price(level.price()),
                        instrument.quantity(level.quantity()),
                        instrument.quantity(level.hiddenQuantity()),
                        level.orders()));
    }
}
