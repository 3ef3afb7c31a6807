package io.crossbook.api.live;

import io.crossbook.store.queries.StoredBook;
import io.crossbook.store.queries.StoredLevel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The best levels of a book.
 *
 * @param sequence of the command that changed it last
 * @param bidLevels how many levels there are in all
 * @param checksum CRC-32 of {@code side:price:quantity;} over the best ten bids, then the best ten asks
 */
public record DisplayedBook(
        String instrument,
        long sequence,
        List<BookLevel> bids,
        List<BookLevel> asks,
        int bidLevels,
        int askLevels,
        long checksum) {
    private static final int CHECKED_LEVELS = 10;

    static DisplayedBook of(
            String instrument,
            long sequence,
            Collection<BookLevel> bids,
            Collection<BookLevel> asks,
            int levels,
            long checksum) {
        return new DisplayedBook(
                instrument,
                sequence,
                bids.stream().limit(levels).toList(),
                asks.stream().limit(levels).toList(),
                bids.size(),
                asks.size(),
                checksum);
    }

    /** A stored book without what is hidden. */
    public static DisplayedBook of(StoredBook book, int levels) {
        List<BookLevel> bids = displayed(book.bids());
        List<BookLevel> asks = displayed(book.asks());
        return of(book.instrument(), book.sequence(), bids, asks, levels, checksum(bids, asks));
    }

    private static List<BookLevel> displayed(List<StoredLevel> stored) {
        return stored.stream()
                .map(level -> new BookLevel(level.price(), level.quantity(), level.orders()))
                .toList();
    }

    /** As the job computes it, see docs/topics.md. */
    static long checksum(Collection<BookLevel> bids, Collection<BookLevel> asks) {
        CRC32 sum = new CRC32();
        update(sum, "BUY", bids);
        update(sum, "SELL", asks);
        return sum.getValue();
    }

    private static void update(CRC32 sum, String side, Collection<BookLevel> levels) {
        levels.stream()
                .limit(CHECKED_LEVELS)
                .forEach(level -> sum.update(
                        (side + ':' + level.price() + ':' + level.quantity() + ';').getBytes(StandardCharsets.UTF_8)));
    }
}
