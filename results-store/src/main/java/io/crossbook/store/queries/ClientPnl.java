package io.crossbook.store.queries;

import io.crossbook.model.Decimal;

/**
 * What a client earned in a currency.
 *
 * @param instruments with a position or a history
 * @param openPositions of them
 * @param unmarked open ones without a mark, which are in no unrealized and no net
 */
public record ClientPnl(
        String clientId,
        String currency,
        long instruments,
        long openPositions,
        long unmarked,
        Decimal realizedPnl,
        Decimal unrealizedPnl,
        Decimal fees,
        Decimal netPnl) {}
