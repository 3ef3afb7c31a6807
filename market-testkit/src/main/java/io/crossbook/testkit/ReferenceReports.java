package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.Execution;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderState;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what happens while the reference book handles one command, in the order in which it happens. */
final class ReferenceReports {
    private final Instrument instrument;
    private final boolean executions;
    private Consumer<? super MarketEvent> events = event -> {};
    private long sequence;
    private long time;
    private int eventNo;
    private long tradeNo;
    private Decimal volume = Decimal.ZERO;

    ReferenceReports(Instrument instrument, boolean executions) {
        this.instrument = instrument;
        this.executions = executions;
    }

    void begin(long sequence, long time, Consumer<? super MarketEvent> events) {
        this.sequence = sequence;
        this.time = time;
        this.events = events;
        eventNo = 0;
    }

    void say(MarketEvent event) {
        events.accept(event);
    }

    long tradeCount() {
        return tradeNo;
    }

    Decimal volume() {
        return volume;
    }

    void entered(ReferenceOrder order) {
        report(order, ExecType.NEW, OrdStatus.OPEN, null);
    }

    void triggered(ReferenceOrder order) {
        report(order, ExecType.TRIGGERED, OrdStatus.OPEN, null);
    }

    void replaced(ReferenceOrder order) {
        report(order, ExecType.REPLACED, order.openStatus(), null);
    }

    void canceled(ReferenceOrder order, @Nullable Reason reason) {
        order.ended = true;
        report(order, ExecType.CANCELED, OrdStatus.CANCELLED, reason);
        say(state(order, OrdStatus.CANCELLED, reason));
    }

    void expired(ReferenceOrder order) {
        order.ended = true;
        report(order, ExecType.EXPIRED, OrdStatus.EXPIRED, null);
        say(state(order, OrdStatus.EXPIRED, null));
    }

    /** A match of two orders that have been filled with it already; {@code first} is the maker, or an auction's buyer. */
    void traded(ReferenceOrder first, ReferenceOrder second, long price, long lots, @Nullable Side aggressorSide) {
        tradeNo++;
        volume = volume.plus(instrument.quantity(lots));
        ReferenceOrder buy = first.side == Side.BUY ? first : second;
        ReferenceOrder sell = first.side == Side.BUY ? second : first;
        say(new Trade()
                .set(instrument.symbol(), tradeNo, sequence, time, price, lots, aggressorSide, buy.client, sell.client)
                .setOrderIds(OrderId.of(buy.id), OrderId.of(sell.id)));
        boolean firstEnds = reportFill(first, second, price, lots);
        boolean secondEnds = reportFill(second, first, price, lots);
        if (firstEnds) {
            say(state(first, OrdStatus.FILLED, null));
        }
        if (secondEnds) {
            say(state(second, OrdStatus.FILLED, null));
        }
    }

    private boolean reportFill(ReferenceOrder order, ReferenceOrder contra, long price, long lots) {
        OrdStatus status = order.leaves() == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        order.ended = status == OrdStatus.FILLED;
        report(
                order,
                ExecType.TRADE,
                status,
                instrument.price(price),
                instrument.quantity(lots),
                null,
                Instrument.tradeId(instrument.symbol(), tradeNo),
                contra.id);
        return order.ended;
    }

    private void report(ReferenceOrder order, ExecType execType, OrdStatus status, @Nullable Reason reason) {
        report(order, execType, status, null, null, reason, null, null);
    }

    private void report(
            ReferenceOrder order,
            ExecType execType,
            OrdStatus status,
            @Nullable Decimal lastPrice,
            @Nullable Decimal lastQuantity,
            @Nullable Reason reason,
            @Nullable String tradeId,
            @Nullable String contraOrderId) {
        order.lastSequence = sequence;
        order.lastTime = time;
        if (!executions) {
            return;
        }
        say(new Execution(
                instrument.symbol(),
                sequence,
                ++eventNo,
                time,
                execType,
                order.id,
                status,
                lastPrice,
                lastQuantity,
                instrument.quantity(order.leaves()),
                reason,
                order.client,
                order.side,
                order.type,
                order.timeInForce,
                order.price == null ? null : instrument.price(order.price),
                instrument.quantity(order.total),
                instrument.quantity(order.filled),
                averagePrice(order),
                tradeId,
                contraOrderId));
    }

    private @Nullable Decimal averagePrice(ReferenceOrder order) {
        if (order.filled == 0) {
            return null;
        }
        BigDecimal paid =
                new BigDecimal(order.notional).multiply(instrument.tickSize().toBigDecimal());
        return Decimal.of(
                paid.divide(BigDecimal.valueOf(order.filled), Instrument.AVERAGE_PRICE_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** A refused command is shown with what it came with. */
    void refused(MarketInput input, Refusal refusal, boolean orderRow) {
        if (executions) {
            say(rejected(input, refusal.reason()));
        }
        say(new Refused(input, sequence, refusal.reason(), refusal.sentence(), orderRow));
    }

    private Execution rejected(MarketInput input, Reason reason) {
        boolean isNew = input instanceof NewOrder;
        Side side = null;
        OrderType type = null;
        TimeInForce timeInForce = null;
        Decimal price = null;
        Decimal quantity = null;
        if (input instanceof NewOrder order) {
            side = order.side();
            type = order.type();
            timeInForce = order.timeInForce();
            price = order.price();
            quantity = order.quantity();
        } else if (input instanceof ReplaceOrder replace) {
            price = replace.price();
            quantity = replace.quantity();
        } else if (input instanceof ExternalFill fill) {
            side = fill.side();
            price = fill.price();
            quantity = fill.quantity();
        }
        return new Execution(
                instrument.symbol(),
                sequence,
                ++eventNo,
                time,
                ExecType.REJECTED,
                Inputs.orderIdOf(input),
                isNew ? OrdStatus.REJECTED : null,
                null,
                null,
                isNew ? Decimal.ZERO : null,
                reason,
                Inputs.clientOf(input),
                side,
                type,
                timeInForce,
                price,
                quantity,
                isNew ? Decimal.ZERO : null,
                null,
                null,
                null);
    }

    OrderState state(ReferenceOrder order, OrdStatus status, @Nullable Reason reason) {
        return new OrderState()
                .set(
                        instrument.symbol(),
                        order.lastSequence,
                        order.lastTime,
                        order.sequence,
                        order.client,
                        order.side,
                        order.type,
                        order.timeInForce,
                        order.priceOrNone(),
                        order.total,
                        order.filled,
                        order.leaves(),
                        order.notional.shiftRight(64).longValueExact(),
                        order.notional.longValue(),
                        status,
                        reason,
                        order.enteredAt)
                .setOrderId(OrderId.of(order.id));
    }
}
