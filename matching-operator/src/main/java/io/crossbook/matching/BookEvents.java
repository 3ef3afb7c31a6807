package io.crossbook.matching;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelAll;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.ReplaceOrder;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderState;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Trade;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what the book says about slots into events with names and numbers of the command that caused them. */
final class BookEvents implements BookListener {
    private final Instrument instrument;
    private final String symbol;
    private final OrderSlab orders;
    private final ClientNumbers clients;
    private final boolean executions;
    /** Orders that the command changed and that live; {@code null} if nobody asks for them. */
    private final @Nullable SlotList changed;

    private Consumer<? super MarketEvent> events = event -> {};
    private long sequence;
    private long time;
    private int eventNo;
    /** Of the NEW that is being handled. */
    private OrderId newOrderId = new OrderId();

    /** Places of what is said most, filled anew each time. */
    private final Trade trade = new Trade();

    private final OrderState orderState = new OrderState();

    private long volumeHigh;
    private long volumeLow;

    BookEvents(Instrument instrument, OrderSlab orders, ClientNumbers clients, MatchingSettings settings) {
        this.instrument = instrument;
        this.symbol = instrument.symbol();
        this.orders = orders;
        this.clients = clients;
        this.executions = settings.executions();
        this.changed = settings.ordersPerCommand() ? new SlotList() : null;
    }

    /** Names the command that causes what is said from here on, and who hears it. */
    void begin(long commandSequence, long transactTime, Consumer<? super MarketEvent> listener) {
        sequence = commandSequence;
        time = transactTime;
        events = listener;
        eventNo = 0;
    }

    /** Tells the order id of a NEW before the book takes it in. */
    void name(OrderId orderId) {
        newOrderId = orderId;
    }

    void say(MarketEvent event) {
        events.accept(event);
    }

    @Override
    public void accepted(int order) {
        orders.keepText(order, newOrderId);
        note(order);
        execution(ExecType.NEW, order, null);
    }

    @Override
    public void triggered(int order) {
        note(order);
        execution(ExecType.TRIGGERED, order, null);
    }

    @Override
    public void replaced(int order) {
        note(order);
        execution(ExecType.REPLACED, order, null);
    }

    @Override
    public void traded(long tradeNo, int maker, int taker, long price, long quantity, boolean auction) {
        addVolume(quantity);
        note(maker);
        note(taker);
        int buy = orders.isBuy(maker) ? maker : taker;
        int sell = buy == maker ? taker : maker;
        orders.copyId(buy, trade.buyOrderId());
        orders.copyId(sell, trade.sellOrderId());
        say(trade.set(
                symbol,
                tradeNo,
                sequence,
                time,
                price,
                quantity,
                auction ? null : orders.side(taker),
                clients.name(orders.client(buy)),
                clients.name(orders.client(sell))));
        if (executions) {
            String tradeId = Instrument.tradeId(symbol, tradeNo);
            tradeExecution(maker, taker, price, quantity, tradeId);
            tradeExecution(taker, maker, price, quantity, tradeId);
        }
    }

    private void addVolume(long quantity) {
        volumeLow += quantity;
        if (Long.compareUnsigned(volumeLow, quantity) < 0) {
            volumeHigh++;
        }
    }

    @Override
    public void filled(int order) {
        orderEnded(order, OrdStatus.FILLED, null);
    }

    @Override
    public void canceled(int order, @Nullable Reason reason) {
        endExecution(ExecType.CANCELED, order, OrdStatus.CANCELLED, reason);
        orderEnded(order, OrdStatus.CANCELLED, reason);
    }

    @Override
    public void expired(int order) {
        endExecution(ExecType.EXPIRED, order, OrdStatus.EXPIRED, null);
        orderEnded(order, OrdStatus.EXPIRED, null);
    }

    private void note(int order) {
        if (changed != null && !changed.contains(order)) {
            changed.add(order);
        }
    }

    private void orderEnded(int order, OrdStatus status, @Nullable Reason reason) {
        if (changed != null) {
            changed.remove(order);
        }
        orderState(order, sequence, time, 0, status, reason);
    }

    /** The state of an order that lives on. */
    void stillLive(int order) {
        orderState(
                order,
                orders.changeSequence(order),
                orders.changedAt(order),
                orders.leaves(order),
                liveStatus(order),
                null);
    }

    private void orderState(
            int order, long changeSequence, long changedAt, long leaves, OrdStatus status, @Nullable Reason reason) {
        orders.copyId(order, orderState.orderId());
        say(orderState.set(
                symbol,
                changeSequence,
                changedAt,
                orders.sequence(order),
                clients.name(orders.client(order)),
                orders.side(order),
                orders.type(order),
                orders.timeInForce(order),
                orders.price(order),
                orders.quantity(order),
                orders.filled(order),
                leaves,
                orders.notionalHigh(order),
                orders.notionalLow(order),
                status,
                reason,
                orders.enteredAt(order)));
    }

    private OrdStatus liveStatus(int order) {
        return orders.filled(order) == 0 ? OrdStatus.OPEN : OrdStatus.PARTIALLY_FILLED;
    }

    private void execution(ExecType execType, int order, @Nullable Reason reason) {
        if (executions) {
            orderExecution(execType, order, liveStatus(order), orders.leaves(order), reason, null, null, null, null);
        }
    }

    private void endExecution(ExecType execType, int order, OrdStatus status, @Nullable Reason reason) {
        if (executions) {
            orderExecution(execType, order, status, 0, reason, null, null, null, null);
        }
    }

    private void tradeExecution(int order, int contra, long price, long quantity, String tradeId) {
        long leaves = orders.leaves(order);
        orderExecution(
                ExecType.TRADE,
                order,
                leaves == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED,
                leaves,
                null,
                instrument.price(price),
                instrument.quantity(quantity),
                tradeId,
                orders.orderId(contra).toString());
    }

    private void orderExecution(
            ExecType execType,
            int order,
            OrdStatus status,
            long leaves,
            @Nullable Reason reason,
            @Nullable Decimal lastPrice,
            @Nullable Decimal lastQuantity,
            @Nullable String tradeId,
            @Nullable String contraOrderId) {
        long filled = orders.filled(order);
        say(new MarketEvent.Execution(
                symbol,
                sequence,
                ++eventNo,
                time,
                execType,
                orders.orderId(order).toString(),
                status,
                lastPrice,
                lastQuantity,
                instrument.quantity(leaves),
                reason,
                clients.name(orders.client(order)),
                orders.side(order),
                orders.type(order),
                orders.timeInForce(order),
                orders.hasPrice(order) ? instrument.price(orders.price(order)) : null,
                instrument.quantity(orders.quantity(order)),
                instrument.quantity(filled),
                filled == 0
                        ? null
                        : instrument.averagePrice(orders.notionalHigh(order), orders.notionalLow(order), filled),
                tradeId,
                contraOrderId));
    }

    void refused(MarketInput input, Reason reason, String message, boolean orderRow) {
        if (executions) {
            sayRejected(input, reason);
        }
        say(new MarketEvent.Refused(input, sequence, reason, message, orderRow));
    }

    private void sayRejected(MarketInput input, Reason reason) {
        if (input instanceof NewOrder order) {
            say(new MarketEvent.Execution(
                    symbol,
                    sequence,
                    ++eventNo,
                    time,
                    ExecType.REJECTED,
                    order.orderId(),
                    OrdStatus.REJECTED,
                    null,
                    null,
                    Decimal.ZERO,
                    reason,
                    order.clientId(),
                    order.side(),
                    order.type(),
                    order.timeInForce(),
                    order.price(),
                    order.quantity(),
                    Decimal.ZERO,
                    null,
                    null,
                    null));
        } else if (input instanceof CancelOrder cancel) {
            sayRejected(reason, cancel.orderId(), cancel.clientId(), null, null, null);
        } else if (input instanceof ReplaceOrder replace) {
            sayRejected(reason, replace.orderId(), replace.clientId(), null, replace.price(), replace.quantity());
        } else if (input instanceof ExternalFill fill) {
            sayRejected(reason, fill.orderId(), fill.clientId(), fill.side(), fill.price(), fill.quantity());
        } else if (input instanceof CancelAll cancelAll) {
            sayRejected(reason, null, cancelAll.clientId(), null, null, null);
        } else {
            sayRejected(reason, null, null, null, null, null);
        }
    }

    private void sayRejected(
            Reason reason,
            @Nullable String orderId,
            @Nullable String clientId,
            @Nullable Side side,
            @Nullable Decimal price,
            @Nullable Decimal quantity) {
        @Nullable OrderType noType = null;
        @Nullable TimeInForce noTimeInForce = null;
        say(new MarketEvent.Execution(
                symbol,
                sequence,
                ++eventNo,
                time,
                ExecType.REJECTED,
                orderId,
                null,
                null,
                null,
                null,
                reason,
                clientId,
                side,
                noType,
                noTimeInForce,
                price,
                quantity,
                null,
                null,
                null,
                null));
    }

    /** Says how the orders stand that the command changed, and that nothing more comes of it. */
    void commandEnded(Origin origin, long nextExpiry) {
        SlotList living = changed;
        if (living != null) {
            for (int i = 0; i < living.size(); i++) {
                stillLive(living.get(i));
            }
            living.clear();
        }
        say(new MarketEvent.CommandEnded(symbol, sequence, time, origin.source(), origin.line(), nextExpiry));
    }

    /** @param checksum of the book; zero if nobody asks for it */
    void changedLevels(List<BookLevel> levels, long checksum) {
        say(new MarketEvent.BookDelta(symbol, sequence, time, levels, checksum));
    }

    void wholeBook(List<BookLevel> levels, long checksum) {
        say(new MarketEvent.BookRefresh(symbol, sequence, time, levels, checksum));
    }

    long volumeHigh() {
        return volumeHigh;
    }

    long volumeLow() {
        return volumeLow;
    }

    void restoreVolume(long high, long low) {
        volumeHigh = high;
        volumeLow = low;
    }

    /** Quantity traded, one side counted. */
    Decimal volume() {
        BigInteger lots = BigInteger.valueOf(volumeHigh)
                .shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(volumeLow)));
        return Decimal.of(new BigDecimal(lots)).times(instrument.lotSize());
    }
}
