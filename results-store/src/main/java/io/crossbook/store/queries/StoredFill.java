package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trade made elsewhere that was booked.
 *
 * @param fee in the instrument's currency; negative is a rebate
 */
public record StoredFill(
        String instrument,
        long sequence,
        Instant timestamp,
        String tradeId,
        String clientId,
        String side,
        Decimal price,
        Decimal quantity,
        Decimal fee,
        @Nullable String orderId) {}
