package io.crossbook.store.queries;

import org.jspecify.annotations.Nullable;

/**
 * An unreadable line or a refused command.
 *
 * @param file as it was named
 * @param line number in the file, the header is line 1
 * @param instrument {@code null} of an unreadable line, as are sequence and order
 * @param raw the line, as the file of rejects shows it
 */
public record StoredReject(
        String file,
        long line,
        @Nullable String instrument,
        @Nullable Long sequence,
        @Nullable String orderId,
        String code,
        String message,
        String raw) {}
