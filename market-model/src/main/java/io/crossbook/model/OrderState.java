package io.crossbook.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as it ended, or as it stands at the end of the run: one row of {@code orders}. In a place that the matcher fills
 * anew for each: whoever keeps it keeps a {@link #copy}.
 *
 * <p>{@code sequence} is that of the command that changed it last, {@code orderSequence} that of its NEW; {@code price} is
 * in ticks, {@link MarketEvent#NO_PRICE} if it has none; {@code notionalHigh} and {@code notionalLow}, unsigned, are the halves of the
 * sum of price × quantity over its fills, in ticks times lots.
 */
public final class OrderState implements MarketEvent {
    private String instrument = "";
    private long sequence;
    private long transactTime;
    private final OrderId orderId = new OrderId();
    private long orderSequence;
    private String clientId = "";
    private Side side = Side.BUY;
    private OrderType type = OrderType.LIMIT;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private long price;
    private long quantity;
    private long filledQuantity;
    private long leavesQuantity;
    private long notionalHigh;
    private long notionalLow;
    private OrdStatus status = OrdStatus.OPEN;
    private @Nullable Reason reason;
    private long enteredAt;

    /** Fills the place with everything but the order id. */
    public OrderState set(
            String instrument,
            long sequence,
            long transactTime,
            long orderSequence,
            String clientId,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            long price,
            long quantity,
            long filledQuantity,
            long leavesQuantity,
            long notionalHigh,
            long notionalLow,
            OrdStatus status,
            @Nullable Reason reason,
            long enteredAt) {
        this.instrument = instrument;
        this.sequence = sequence;
        this.transactTime = transactTime;
        this.orderSequence = orderSequence;
        this.clientId = clientId;
        this.side = side;
        this.type = type;
        this.timeInForce = timeInForce;
        this.price = price;
        this.quantity = quantity;
        this.filledQuantity = filledQuantity;
        this.leavesQuantity = leavesQuantity;
        this.notionalHigh = notionalHigh;
        this.notionalLow = notionalLow;
        this.status = status;
        this.reason = reason;
        this.enteredAt = enteredAt;
        return this;
    }

    public OrderState setOrderId(OrderId id) {
        orderId.set(id);
        return this;
    }

    @Override
    public String instrument() {
        return instrument;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long transactTime() {
        return transactTime;
    }

    public OrderId orderId() {
        return orderId;
    }

    public long orderSequence() {
        return orderSequence;
    }

    public String clientId() {
        return clientId;
    }

    public Side side() {
        return side;
    }

    public OrderType type() {
        return type;
    }

    public TimeInForce timeInForce() {
        return timeInForce;
    }

    public long price() {
        return price;
    }

    public long quantity() {
        return quantity;
    }

    public long filledQuantity() {
        return filledQuantity;
    }

    public long leavesQuantity() {
        return leavesQuantity;
    }

    public long notionalHigh() {
        return notionalHigh;
    }

    public long notionalLow() {
        return notionalLow;
    }

    public OrdStatus status() {
        return status;
    }

    public @Nullable Reason reason() {
        return reason;
    }

    public long enteredAt() {
        return enteredAt;
    }

    @Override
    public OrderState copy() {
        OrderState copy = new OrderState()
                .set(
                        instrument,
                        sequence,
                        transactTime,
                        orderSequence,
                        clientId,
                        side,
                        type,
                        timeInForce,
                        price,
                        quantity,
                        filledQuantity,
                        leavesQuantity,
                        notionalHigh,
                        notionalLow,
                        status,
                        reason,
                        enteredAt);
        return copy.setOrderId(orderId);
    }

    /** For comparing and showing. */
    private List<@Nullable Object> values() {
        return Arrays.asList(
                instrument,
                sequence,
                transactTime,
                orderId,
                orderSequence,
                clientId,
                side,
                type,
                timeInForce,
                price,
                quantity,
                filledQuantity,
                leavesQuantity,
                notionalHigh,
                notionalLow,
                status,
                reason,
                enteredAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderState that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "OrderState" + values();
    }
}
