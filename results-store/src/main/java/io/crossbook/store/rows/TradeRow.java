package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code trades}.
 *
 * @param sequence of the command that traded
 * @param aggressorSide empty in an auction, as are {@code makerOrderId} and {@code takerOrderId}
 */
public record TradeRow(
        String instrument,
        long tradeNo,
        String tradeId,
        long sequence,
        long timestamp,
        Decimal price,
        Decimal quantity,
        @Nullable Side aggressorSide,
        @Nullable String makerOrderId,
        @Nullable String takerOrderId,
        String buyOrderId,
        String sellOrderId,
        String buyClientId,
        String sellClientId) {
    public static TradeRow of(MarketEvent.Trade trade, Instrument instrument) {
        Side aggressor = trade.aggressorSide();
        return new TradeRow(
                trade.instrument(),
                trade.tradeNo(),
                trade.tradeId(),
                trade.sequence(),
                trade.transactTime(),
                instrument.price(trade.price()),
                instrument.quantity(trade.quantity()),
                aggressor,
                aggressor == null ? null : orderId(trade, aggressor.opposite()),
                aggressor == null ? null : orderId(trade, aggressor),
                trade.buyOrderId(),
                trade.sellOrderId(),
                trade.buyClientId(),
                trade.sellClientId());
    }

    private static String orderId(MarketEvent.Trade trade, Side side) {
        return side == Side.BUY ? trade.buyOrderId() : trade.sellOrderId();
    }

    public String orderId(Side side) {
        return side == Side.BUY ? buyOrderId : sellOrderId;
    }

    public String clientId(Side side) {
        return side == Side.BUY ? buyClientId : sellClientId;
    }
}
