package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A number by which a reader knows that it has the same book: CRC-32 of {@code side:price:quantity;} over the best ten
 * bids, then the best ten asks, the best first, with decimals and the displayed quantity.
 */
final class BookChecksum {
    private static final int DEPTH = 10;

    private final Instrument instrument;
    private final CRC32 sum = new CRC32();
    private byte[] text = new byte[1024];
    private int length;

    BookChecksum(Instrument instrument) {
        this.instrument = instrument;
    }

    long of(OrderBook book) {
        length = 0;
        for (Side side : Side.values()) {
            PriceLevels queue = book.side(side);
            int last = Math.max(0, queue.size() - DEPTH);
            for (int position = queue.size() - 1; position >= last; position--) {
                add(queue.bookLevel(position));
            }
        }
        sum.reset();
        sum.update(text, 0, length);
        return sum.getValue();
    }

    private void add(BookLevel level) {
        String side = level.side().name();
        room(side.length());
        for (int i = 0; i < side.length(); i++) {
            text[length++] = (byte) side.charAt(i);
        }
        add(instrument.price(level.price()));
        add(instrument.quantity(level.quantity()));
        room(1);
        text[length++] = ';';
    }

    private void add(Decimal number) {
        room(1 + number.mostBytes());
        text[length++] = ':';
        length = number.writeTo(text, length);
    }

    private void room(int bytes) {
        if (text.length < length + bytes) {
            text = Arrays.copyOf(text, 2 * (length + bytes));
        }
    }
}
