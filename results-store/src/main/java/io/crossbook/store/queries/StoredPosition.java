package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client's position in an instrument with what it is worth now, in the instrument's currency.
 *
 * @param netQuantity negative is short
 * @param averagePrice of the open lots, rounded half-even at 12 decimals, for showing only; {@code null} if flat
 * @param markPrice the newest MARK, else the last trade; {@code null} without one
 * @param marketValue netQuantity × markPrice × multiplier; {@code null} without a mark
 * @param cost Σ signed quantity × price × multiplier of the open lots: what an open long position cost (+), what an open
 *     short one brought (−)
 * @param unrealizedPnl marketValue − cost; 0 if flat, {@code null} for an open position without a mark
 * @param netPnl realized + unrealized − fees; {@code null} where unrealized is
 * @param sequence of the command that changed it last
 */
public record StoredPosition(
        String clientId,
        String instrument,
        String currency,
        Decimal netQuantity,
        @Nullable Decimal averagePrice,
        @Nullable Decimal markPrice,
        @Nullable Decimal marketValue,
        Decimal cost,
        Decimal realizedPnl,
        @Nullable Decimal unrealizedPnl,
        Decimal fees,
        @Nullable Decimal netPnl,
        Decimal closedQuantity,
        long sequence,
        Instant updatedAt) {}
