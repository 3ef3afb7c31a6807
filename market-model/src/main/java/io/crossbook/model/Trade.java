package io.crossbook.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A match. In a place that the matcher fills anew for each: whoever keeps it keeps a {@link #copy}.
 *
 * <p>{@code tradeNo} is the number of the trade in its instrument, from 1 without a gap; {@code price} is LastPx(31) in
 * ticks, the resting order's price or the auction price; {@code quantity} is LastQty(32) in lots; {@code aggressorSide}
 * is {@code null} in an auction.
 */
public final class Trade implements MarketEvent {
    private String instrument = "";
    private long tradeNo;
    private long sequence;
    private long transactTime;
    private long price;
    private long quantity;
    private @Nullable Side aggressorSide;
    private final OrderId buyOrderId = new OrderId();
    private final OrderId sellOrderId = new OrderId();
    private String buyClientId = "";
    private String sellClientId = "";

    /** Fills the place with everything but the order ids. */
    public Trade set(
            String instrument,
            long tradeNo,
            long sequence,
            long transactTime,
            long price,
            long quantity,
            @Nullable Side aggressorSide,
            String buyClientId,
            String sellClientId) {
        this.instrument = instrument;
        this.tradeNo = tradeNo;
        this.sequence = sequence;
        this.transactTime = transactTime;
        this.price = price;
        this.quantity = quantity;
        this.aggressorSide = aggressorSide;
        this.buyClientId = buyClientId;
        this.sellClientId = sellClientId;
        return this;
    }

    public Trade setOrderIds(OrderId buy, OrderId sell) {
        buyOrderId.set(buy);
        sellOrderId.set(sell);
        return this;
    }

    @Override
    public String instrument() {
        return instrument;
    }

    public long tradeNo() {
        return tradeNo;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long transactTime() {
        return transactTime;
    }

    public long price() {
        return price;
    }

    public long quantity() {
        return quantity;
    }

    public @Nullable Side aggressorSide() {
        return aggressorSide;
    }

    public OrderId buyOrderId() {
        return buyOrderId;
    }

    public OrderId sellOrderId() {
        return sellOrderId;
    }

    public String buyClientId() {
        return buyClientId;
    }

    public String sellClientId() {
        return sellClientId;
    }

    public OrderId orderId(Side side) {
        return side == Side.BUY ? buyOrderId : sellOrderId;
    }

    public String tradeId() {
        return Instrument.tradeId(instrument, tradeNo);
    }

    @Override
    public Trade copy() {
        Trade copy = new Trade()
                .set(
                        instrument,
                        tradeNo,
                        sequence,
                        transactTime,
                        price,
                        quantity,
                        aggressorSide,
                        buyClientId,
                        sellClientId);
        return copy.setOrderIds(buyOrderId, sellOrderId);
    }

    /** For comparing and showing. */
    private List<@Nullable Object> values() {
        return Arrays.asList(
                instrument,
                tradeNo,
                sequence,
                transactTime,
                price,
                quantity,
                aggressorSide,
                buyOrderId,
                sellOrderId,
                buyClientId,
                sellClientId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trade that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Trade" + values();
    }
}
