package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution report: what one command, or what followed from it, did to one order.
 *
 * @param eventNo number within its command, from 1
 * @param orderId {@code null} for a refused command that is about no order
 * @param contraOrderId the other order of a trade
 */
public record StoredExecution(
        String instrument,
        long sequence,
        int eventNo,
        Instant timestamp,
        String execType,
        @Nullable String orderId,
        @Nullable String ordStatus,
        @Nullable Decimal lastPrice,
        @Nullable Decimal lastQuantity,
        @Nullable Decimal leavesQuantity,
        @Nullable String reason,
        @Nullable String clientId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String tif,
        @Nullable Decimal price,
        @Nullable Decimal quantity,
        @Nullable Decimal cumQuantity,
        @Nullable Decimal averagePrice,
        @Nullable String tradeId,
        @Nullable String contraOrderId) {}
