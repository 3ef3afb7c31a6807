package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Side;
import java.util.List;

/**
 * One row of {@code book}: a price level at the end of the run.
 *
 * @param level from 1, the best
 * @param quantity the displayed part
 */
public record BookRow(
        String instrument, Side side, int level, Decimal price, Decimal quantity, Decimal hiddenQuantity, int orders)
        implements FileRow {
    /** The levels of a whole book, bids from the best, then asks from the best. */
    public static List<BookRow> of(MarketEvent.BookSnapshot book, Instrument instrument) {
        return BookLevels.number(
                book.levels(),
                (level, number) -> new BookRow(
                        book.instrument(),
                        level.side(),
                        number,
                        instrument.price(level.price()),
                        instrument.quantity(level.quantity()),
                        instrument.quantity(level.hiddenQuantity()),
                        level.orders()));
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(instrument())
                .word(side())
                .number(level())
                .decimal(price())
                .decimal(quantity())
                .decimal(hiddenQuantity())
                .number(orders());
    }
}
