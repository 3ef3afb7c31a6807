package io.crossbook.api.market;

import io.crossbook.api.live.BookLevel;
import io.crossbook.api.live.DisplayedBook;
import io.crossbook.model.Decimal;
import io.crossbook.store.queries.StoredBook;
import io.crossbook.store.queries.StoredLevel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The best levels of a displayed book, best first.
 *
 * @param sequence of the command that changed it last, 0 for a book that never had an order
 * @param checksum CRC-32 of {@code side:price:quantity;} over the best ten bids, then the best ten asks
 */
@Schema(name = "Orderbook")
public record OrderbookView(String instrument, long sequence, List<Level> bids, List<Level> asks, long checksum) {
    private static final int CHECKED_LEVELS = 10;

    /**
     * One price.
     *
     * @param cumulative quantity of this level and the better ones
     */
    @Schema(name = "BookLevel")
    public record Level(String price, String quantity, String cumulative) {}

    public static OrderbookView from(DisplayedBook book) {
        return new OrderbookView(
                book.instrument(), book.sequence(), levels(book.bids()), levels(book.asks()), book.checksum());
    }

    /** The best levels of a stored book, without what is hidden. */
    public static OrderbookView from(StoredBook book, int levels) {
        List<BookLevel> bids = displayed(book.bids());
        List<BookLevel> asks = displayed(book.asks());
        CRC32 sum = new CRC32();
        update(sum, "BUY", bids);
        update(sum, "SELL", asks);
        return new OrderbookView(
                book.instrument(),
                book.sequence(),
                levels(bids.subList(0, Math.min(levels, bids.size()))),
                levels(asks.subList(0, Math.min(levels, asks.size()))),
                sum.getValue());
    }

    private static List<BookLevel> displayed(List<StoredLevel> stored) {
        return stored.stream()
                .map(level -> new BookLevel(level.price(), level.quantity(), level.orders()))
                .toList();
    }

    private static void update(CRC32 sum, String side, List<BookLevel> levels) {
        for (BookLevel level : levels.subList(0, Math.min(CHECKED_LEVELS, levels.size()))) {
            sum.update((side + ':' + level.price() + ':' + level.quantity() + ';').getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Level> levels(List<BookLevel> levels) {
        List<Level> shown = new ArrayList<>(levels.size());
        Decimal cumulative = Decimal.ZERO;
        for (BookLevel level : levels) {
            cumulative = cumulative.plus(level.quantity());
            shown.add(new Level(level.price().toString(), level.quantity().toString(), cumulative.toString()));
        }
        return shown;
    }
}
