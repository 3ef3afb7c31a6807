package io.crossbook.store.queries;

import java.time.Instant;
import java.util.List;

/**
 * What a command changed in the displayed book.
 *
 * @param levels with their new quantity, zero for one that is gone
 */
public record StoredChange(long sequence, Instant timestamp, List<StoredLevel> levels) {}
