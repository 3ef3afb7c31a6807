package io.crossbook.store.queries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order book; waiting stops are not in it.
 *
 * @param sequence the last command that is known to be in it, 0 if nothing is known
 * @param timestamp of that command, or of the snapshot that tells of it; {@code null} if nothing is known
 * @param bids best first, as are {@code asks}
 */
public record StoredBook(
        String instrument,
        long sequence,
        @Nullable Instant timestamp,
        List<StoredLevel> bids,
        List<StoredLevel> asks) {}
