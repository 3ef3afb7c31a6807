package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;

/**
 * What a client had earned at the end of an interval, in a currency.
 *
 * @param drawdown how far the net lies below its highest so far; zero or less
 */
public record StoredEquity(
        Instant timestamp,
        String currency,
        Decimal realizedPnl,
        Decimal unrealizedPnl,
        Decimal fees,
        Decimal netPnl,
        Decimal drawdown) {}
