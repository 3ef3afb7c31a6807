package io.crossbook.api.orders;

import io.crossbook.api.market.OrderbookView;
import io.crossbook.api.market.TradeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order.
 *
 * @param trades those it made at once
 * @param orderbook the best levels with it in; {@code null} where the book is not known yet
 */
public record OrderAnswer(
        OrderView order, List<TradeView> trades, @Nullable OrderbookView orderbook) {}
