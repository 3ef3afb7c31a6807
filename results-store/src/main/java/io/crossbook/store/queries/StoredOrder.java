package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as it ended, or as it stands: a row of {@code orders.csv}.
 *
 * @param sequence of its NEW
 * @param price {@code null} for MARKET and STOP
 * @param quantity the total as last replaced
 * @param averagePrice of its fills, rounded half-even at 12 decimals; {@code null} without a fill
 * @param reason why it was refused or ended, where there is something to say
 */
public record StoredOrder(
        String instrument,
        String orderId,
        long sequence,
        String clientId,
        String side,
        String type,
        String tif,
        @Nullable Decimal price,
        Decimal quantity,
        Decimal filledQuantity,
        Decimal leavesQuantity,
        @Nullable Decimal averagePrice,
        String status,
        @Nullable String reason,
        Instant enteredAt,
        Instant updatedAt) {}
