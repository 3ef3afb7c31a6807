package io.crossbook.api.live;

import java.util.List;

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
        long checksum) {}
