package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A match: a row of {@code trades.csv}.
 *
 * @param sequence of the command that traded
 * @param aggressorSide {@code null} in an auction, as are {@code makerOrderId} and {@code takerOrderId}
 */
public record StoredTrade(
        String instrument,
        long tradeNo,
        String tradeId,
        long sequence,
        Instant timestamp,
        Decimal price,
        Decimal quantity,
        @Nullable String aggressorSide,
        @Nullable String makerOrderId,
        @Nullable String takerOrderId,
        String buyOrderId,
        String sellOrderId,
        String buyClientId,
        String sellClientId) {}
