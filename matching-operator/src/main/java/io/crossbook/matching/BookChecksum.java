package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A number by which a reader knows that it has the same book: CRC-32 of {@code side:price:quantity;} over the best ten
 * bids, then the best ten asks, the best first, with decimals and the displayed quantity.
 */
final class BookChecksum {
    private static final int DEPTH = 10;

    private final Instrument instrument;
    private final CRC32 sum = new CRC32();
    private byte[] text = new byte[128];

    BookChecksum(Instrument instrument) {
        this.instrument = instrument;
    }

    long of(OrderBook book) {
        sum.reset();
        for (Side side : Side.values()) {
            PriceLevels queue = book.side(side);
            int last = Math.max(0, queue.size() - DEPTH);
            for (int position = queue.size() - 1; position >= last; position--) {
                add(queue.bookLevel(position));
            }
        }
        return sum.getValue();
    }

    private void add(BookLevel level) {
        sum.update(level.side().name().getBytes(StandardCharsets.US_ASCII));
        add(instrument.price(level.price()));
        add(instrument.quantity(level.quantity()));
        sum.update(';');
    }

    private void add(Decimal number) {
        if (text.length < number.mostBytes()) {
            text = new byte[number.mostBytes()];
        }
        sum.update(':');
        sum.update(text, 0, number.writeTo(text, 0));
    }
}
