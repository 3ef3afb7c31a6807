package io.crossbook.model;

import org.jspecify.annotations.Nullable;

/**
 * What every command carries.
 *
 * @param transactTime TransactTime(60), nanoseconds since 1970 UTC
 * @param idempotencyKey key chosen by the sender so that a repeat is recognised
 */
public record InputHeader(
        String instrument,
        long transactTime,
        Origin origin,
        @Nullable String idempotencyKey) {}
