package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;

/** An open lot, as in the file of lots. */
public record StoredLot(
        String clientId,
        String instrument,
        long lotNo,
        String tradeId,
        String side,
        Decimal quantity,
        Decimal price,
        Instant openedAt) {}
