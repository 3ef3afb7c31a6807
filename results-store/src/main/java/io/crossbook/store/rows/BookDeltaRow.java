package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Side;
import java.util.List;

/**
 * One row of {@code book_deltas}: what a command made of a price level.
 *
 * @param quantity the displayed part; 0: the level is gone
 */
public record BookDeltaRow(
        String instrument,
        long sequence,
        long timestamp,
        Side side,
        Decimal price,
        Decimal quantity,
        Decimal hiddenQuantity,
        int orders) {
    public static List<BookDeltaRow> of(MarketEvent.BookDelta delta, Instrument instrument) {
        return delta.levels().stream()
                .map(level -> new BookDeltaRow(
                        delta.instrument(),
                        delta.sequence(),
                        delta.transactTime(),
                        level.side(),
                        instrument.price(level.price()),
                        instrument.quantity(level.quantity()),
                        instrument.quantity(level.hiddenQuantity()),
                        level.orders()))
                .toList();
    }
}
