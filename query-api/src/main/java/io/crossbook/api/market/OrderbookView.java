package io.crossbook.api.market;

import io.crossbook.api.live.BookLevel;
import io.crossbook.api.live.DisplayedBook;
import io.crossbook.model.Decimal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The best levels of a displayed book, best first.
 *
 * @param sequence of the command that changed it last, 0 for a book that never had an order
 * @param checksum CRC-32 of {@code side:price:quantity;} over the best ten bids, then the best ten asks
 */
@Schema(name = "Orderbook")
public record OrderbookView(String instrument, long sequence, List<Level> bids, List<Level> asks, long checksum) {
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
