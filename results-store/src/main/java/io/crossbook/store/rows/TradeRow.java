package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderId;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
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
        String sellClientId)
        implements FileRow {
    public static TradeRow of(Trade trade, Instrument instrument) {
        return new TradeRow(
                trade.instrument(),
                trade.tradeNo(),
                trade.tradeId(),
                trade.sequence(),
                trade.transactTime(),
                instrument.price(trade.price()),
                instrument.quantity(trade.quantity()),
                trade.aggressorSide(),
                textOf(maker(trade)),
                textOf(taker(trade)),
                trade.buyOrderId().toString(),
                trade.sellOrderId().toString(),
                trade.buyClientId(),
                trade.sellClientId());
    }

    /** Writes the columns of the file, which are all there are, of the row of a trade without making the row or ending it. */
    public static void writeFileColumns(Trade trade, Instrument instrument, DecimalPool decimals, RowOutput out) {
        columns(
                out,
                trade.instrument(),
                trade.tradeNo(),
                null,
                trade.sequence(),
                trade.transactTime(),
                decimals.times(instrument.tickSize(), trade.price()),
                decimals.times(instrument.lotSize(), trade.quantity()),
                trade.aggressorSide(),
                maker(trade),
                taker(trade),
                trade.buyOrderId(),
                trade.sellOrderId(),
                trade.buyClientId(),
                trade.sellClientId());
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        columns(
                out,
                instrument,
                tradeNo,
                tradeId,
                sequence,
                timestamp,
                price,
                quantity,
                aggressorSide,
                makerOrderId == null ? null : OrderId.of(makerOrderId),
                takerOrderId == null ? null : OrderId.of(takerOrderId),
                OrderId.of(buyOrderId),
                OrderId.of(sellOrderId),
                buyClientId,
                sellClientId);
    }

    private static void columns(
            RowOutput out,
            String instrument,
            long tradeNo,
            @Nullable String tradeId,
            long sequence,
            long timestamp,
            Decimal price,
            Decimal quantity,
            @Nullable Side aggressorSide,
            @Nullable OrderId makerOrderId,
            @Nullable OrderId takerOrderId,
            OrderId buyOrderId,
            OrderId sellOrderId,
            String buyClientId,
            String sellClientId) {
        out.name(instrument).number(tradeNo);
        (tradeId == null ? out.tradeId(instrument, tradeNo) : out.text(tradeId))
                .number(sequence)
                .time(timestamp)
                .decimal(price)
                .decimal(quantity)
                .word(aggressorSide)
                .id(makerOrderId)
                .id(takerOrderId)
                .id(buyOrderId)
                .id(sellOrderId)
                .name(buyClientId)
                .name(sellClientId);
    }

    private static @Nullable OrderId maker(Trade trade) {
        Side aggressor = trade.aggressorSide();
        return aggressor == null ? null : trade.orderId(aggressor.opposite());
    }

    private static @Nullable OrderId taker(Trade trade) {
        Side aggressor = trade.aggressorSide();
        return aggressor == null ? null : trade.orderId(aggressor);
    }

    private static @Nullable String textOf(@Nullable OrderId id) {
        return id == null ? null : id.toString();
    }

    public String orderId(Side side) {
        return side == Side.BUY ? buyOrderId : sellOrderId;
    }

    public String clientId(Side side) {
        return side == Side.BUY ? buyClientId : sellClientId;
    }
}
