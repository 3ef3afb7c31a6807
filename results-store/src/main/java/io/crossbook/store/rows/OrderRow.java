package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderState;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code orders}: an order as it ended, or as it stands.
 *
 * <p>In the file finished orders come by {@code lastSequence}, {@code changeNo}, then open ones by {@code sequence}.
 *
 * @param sequence of its NEW
 * @param price empty for MARKET and STOP; of a refused NEW whatever it came with
 * @param quantity the total as last replaced
 * @param averagePrice of its fills, rounded half-even at 12 digits; empty without a fill
 * @param updatedAt time of its last execution
 * @param lastSequence of the command that changed it last; not in the file
 * @param changeNo place among the orders that this command ended, from 0; not in the file
 */
public record OrderRow(
        String instrument,
        String orderId,
        long sequence,
        String clientId,
        Side side,
        OrderType type,
        TimeInForce tif,
        @Nullable Decimal price,
        Decimal quantity,
        Decimal filledQuantity,
        Decimal leavesQuantity,
        @Nullable Decimal averagePrice,
        OrdStatus status,
        @Nullable Reason reason,
        long enteredAt,
        long updatedAt,
        long lastSequence,
        int changeNo)
        implements FileRow {
    public static OrderRow of(OrderState order, Instrument instrument) {
        return of(order, instrument, 0);
    }

    public static OrderRow of(OrderState order, Instrument instrument, int changeNo) {
        return new OrderRow(
                order.instrument(),
                order.orderId().toString(),
                order.orderSequence(),
                order.clientId(),
                order.side(),
                order.type(),
                order.timeInForce(),
                order.price() == MarketEvent.NO_PRICE ? null : instrument.price(order.price()),
                instrument.quantity(order.quantity()),
                instrument.quantity(order.filledQuantity()),
                instrument.quantity(order.leavesQuantity()),
                averagePrice(order, instrument),
                order.status(),
                order.reason(),
                order.enteredAt(),
                order.transactTime(),
                order.sequence(),
                changeNo);
    }

    private static @Nullable Decimal averagePrice(OrderState order, Instrument instrument) {
        return order.filledQuantity() == 0
                ? null
                : instrument.averagePrice(order.notionalHigh(), order.notionalLow(), order.filledQuantity());
    }

    public static OrderRow of(MarketEvent.Refused refused) {
        return of(refused, 0);
    }

    /**
     * A refused NEW that uses up its order id.
     *
     * @throws IllegalArgumentException if the command has no row in {@code orders}
     */
    public static OrderRow of(MarketEvent.Refused refused, int changeNo) {
        if (!refused.orderRow() || !(refused.input() instanceof MarketInput.NewOrder order)) {
            throw new IllegalArgumentException(refused.instrument() + ": the refused command " + refused.sequence()
                    + " takes no order id and has no row in orders");
        }
        return new OrderRow(
                order.instrument(),
                order.orderId(),
                refused.sequence(),
                order.clientId(),
                order.side(),
                order.type(),
                order.timeInForce(),
                order.price(),
                order.quantity(),
                Decimal.ZERO,
                Decimal.ZERO,
                null,
                OrdStatus.REJECTED,
                refused.reason(),
                order.transactTime(),
                order.transactTime(),
                refused.sequence(),
                changeNo);
    }

    /** Writes the columns of the file, of the row of an order, without making the row or ending it. */
    public static void writeFileColumns(OrderState order, Instrument instrument, DecimalPool decimals, RowOutput out) {
        columns(
                out,
                order.instrument(),
                order.orderId(),
                order.orderSequence(),
                order.clientId(),
                order.side(),
                order.type(),
                order.timeInForce(),
                order.price() == MarketEvent.NO_PRICE ? null : decimals.times(instrument.tickSize(), order.price()),
                decimals.times(instrument.lotSize(), order.quantity()),
                decimals.times(instrument.lotSize(), order.filledQuantity()),
                decimals.times(instrument.lotSize(), order.leavesQuantity()),
                averagePrice(order, instrument),
                order.status(),
                order.reason(),
                order.enteredAt(),
                order.transactTime());
    }

    /** Writes the columns of the file without ending the row; the table has {@code lastSequence} and {@code changeNo} behind them. */
    @Override
    public void writeFileColumns(RowOutput out) {
        columns(
                out,
                instrument,
                OrderId.of(orderId),
                sequence,
                clientId,
                side,
                type,
                tif,
                price,
                quantity,
                filledQuantity,
                leavesQuantity,
                averagePrice,
                status,
                reason,
                enteredAt,
                updatedAt);
    }

    private static void columns(
            RowOutput out,
            String instrument,
            OrderId orderId,
            long sequence,
            String clientId,
            Side side,
            OrderType type,
            TimeInForce tif,
            @Nullable Decimal price,
            Decimal quantity,
            Decimal filledQuantity,
            Decimal leavesQuantity,
            @Nullable Decimal averagePrice,
            OrdStatus status,
            @Nullable Reason reason,
            long enteredAt,
            long updatedAt) {
        out.name(instrument)
                .id(orderId)
                .number(sequence)
                .name(clientId)
                .word(side)
                .word(type)
                .word(tif)
                .decimal(price)
                .decimal(quantity)
                .decimal(filledQuantity)
                .decimal(leavesQuantity)
                .decimal(averagePrice)
                .word(status)
                .word(reason)
                .time(enteredAt)
                .time(updatedAt);
    }
}
