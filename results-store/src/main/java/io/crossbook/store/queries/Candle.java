package io.crossbook.store.queries;

import io.crossbook.model.Decimal;
import java.time.Instant;

/**
 * The trades of an instrument in one interval. Quotients are rounded at 12 decimals; sums are exact.
 *
 * @param timeBucket where the interval begins
 * @param avgPrice plain mean of the trades' prices
 * @param totalVolume Σ price × quantity
 * @param vwap totalVolume ÷ totalQuantity
 * @param openPrice of the first trade
 * @param highPrice as {@code maxPrice}
 * @param lowPrice as {@code minPrice}
 * @param closePrice of the last trade
 */
public record Candle(
        Instant timeBucket,
        long tradeCount,
        Decimal totalQuantity,
        Decimal avgPrice,
        Decimal minPrice,
        Decimal maxPrice,
        Decimal totalVolume,
        Decimal vwap,
        Decimal openPrice,
        Decimal highPrice,
        Decimal lowPrice,
        Decimal closePrice) {}
