package io.crossbook.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the matcher says. Prices are ticks and quantities lots of the instrument unless they are decimals. */
public sealed interface MarketEvent extends RunEvent {
    /** Stands for the price of an order that has none. */
    long NO_PRICE = Long.MIN_VALUE;

    @Override
    default MarketEvent copy() {
        return this;
    }

    /**
     * ExecutionReport(8): one row of {@code executions}. Decimals, since a refused command shows what it came with.
     *
     * @param eventNo number of the execution within its command, from 1
     * @param ordStatus {@code null} where no order is meant
     * @param contraOrderId the other order of a trade
     */
    record Execution(
            String instrument,
            long sequence,
            int eventNo,
            long transactTime,
            ExecType execType,
            @Nullable String orderId,
            @Nullable OrdStatus ordStatus,
            @Nullable Decimal lastPrice,
            @Nullable Decimal lastQuantity,
            @Nullable Decimal leavesQuantity,
            @Nullable Reason reason,
            @Nullable String clientId,
            @Nullable Side side,
            @Nullable OrderType type,
            @Nullable TimeInForce timeInForce,
            @Nullable Decimal price,
            @Nullable Decimal quantity,
            @Nullable Decimal cumQuantity,
            @Nullable Decimal averagePrice,
            @Nullable String tradeId,
            @Nullable String contraOrderId)
            implements MarketEvent {}

    /**
     * A match. In a place that the matcher fills anew for each: whoever keeps it keeps a {@link #copy}.
     *
     * <p>{@code tradeNo} is the number of the trade in its instrument, from 1 without a gap; {@code price} is LastPx(31) in
     * ticks, the resting order's price or the auction price; {@code quantity} is LastQty(32) in lots; {@code aggressorSide}
     * is {@code null} in an auction.
     */
    final class Trade implements MarketEvent {
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

        /** An empty place. */
        public Trade() {}

        public Trade(
                String instrument,
                long tradeNo,
                long sequence,
                long transactTime,
                long price,
                long quantity,
                @Nullable Side aggressorSide,
                String buyOrderId,
                String sellOrderId,
                String buyClientId,
                String sellClientId) {
            set(instrument, tradeNo, sequence, transactTime, price, quantity, aggressorSide, buyClientId, sellClientId);
            this.buyOrderId.set(OrderId.of(buyOrderId));
            this.sellOrderId.set(OrderId.of(sellOrderId));
        }

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
            copy.buyOrderId.set(buyOrderId);
            copy.sellOrderId.set(sellOrderId);
            return copy;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Trade that
                    && instrument.equals(that.instrument)
                    && tradeNo == that.tradeNo
                    && sequence == that.sequence
                    && transactTime == that.transactTime
                    && price == that.price
                    && quantity == that.quantity
                    && aggressorSide == that.aggressorSide
                    && buyOrderId.equals(that.buyOrderId)
                    && sellOrderId.equals(that.sellOrderId)
                    && buyClientId.equals(that.buyClientId)
                    && sellClientId.equals(that.sellClientId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(instrument, tradeNo, sequence);
        }

        @Override
        public String toString() {
            return "Trade[" + instrument + ", " + tradeNo + ", " + sequence + ", " + transactTime + ", " + price + ", "
                    + quantity + ", " + aggressorSide + ", " + buyOrderId + ", " + sellOrderId + ", " + buyClientId
                    + ", " + sellClientId + "]";
        }
    }

    /**
     * An order as it ended, or as it stands at the end of the run: one row of {@code orders}. In a place that the matcher fills
     * anew for each: whoever keeps it keeps a {@link #copy}.
     *
     * <p>{@code sequence} is that of the command that changed it last, {@code orderSequence} that of its NEW; {@code price} is
     * in ticks, {@link #NO_PRICE} if it has none; {@code notionalHigh} and {@code notionalLow}, unsigned, are the halves of the
     * sum of price × quantity over its fills, in ticks times lots.
     */
    final class OrderState implements MarketEvent {
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

        /** An empty place. */
        public OrderState() {}

        public OrderState(
                String instrument,
                long sequence,
                long transactTime,
                String orderId,
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
            set(
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
            this.orderId.set(OrderId.of(orderId));
        }

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
            copy.orderId.set(orderId);
            return copy;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OrderState that
                    && instrument.equals(that.instrument)
                    && sequence == that.sequence
                    && transactTime == that.transactTime
                    && orderId.equals(that.orderId)
                    && orderSequence == that.orderSequence
                    && clientId.equals(that.clientId)
                    && side == that.side
                    && type == that.type
                    && timeInForce == that.timeInForce
                    && price == that.price
                    && quantity == that.quantity
                    && filledQuantity == that.filledQuantity
                    && leavesQuantity == that.leavesQuantity
                    && notionalHigh == that.notionalHigh
                    && notionalLow == that.notionalLow
                    && status == that.status
                    && reason == that.reason
                    && enteredAt == that.enteredAt;
        }

        @Override
        public int hashCode() {
            return Objects.hash(instrument, sequence, orderId);
        }

        @Override
        public String toString() {
            return "OrderState[" + instrument + ", " + sequence + ", " + transactTime + ", " + orderId + ", "
                    + orderSequence + ", " + clientId + ", " + side + ", " + type + ", " + timeInForce + ", " + price
                    + ", " + quantity + ", " + filledQuantity + ", " + leavesQuantity + ", " + notionalHigh + ", "
                    + notionalLow + ", " + status + ", " + reason + ", " + enteredAt + "]";
        }
    }

    /**
     * A command that broke a market rule.
     *
     * @param orderRow whether it is a NEW whose id is now taken, so that it has a row in {@code orders}
     */
    record Refused(MarketInput input, long sequence, Reason reason, String message, boolean orderRow)
            implements MarketEvent {
        public Refused {
            input = input.plain();
        }

        @Override
        public String instrument() {
            return input.instrument();
        }

        @Override
        public long transactTime() {
            return input.transactTime();
        }
    }

    /** A command that was here before with the same content; nothing happens. */
    record Duplicate(MarketInput input, long sequence, long duplicateOf) implements MarketEvent {
        public Duplicate {
            input = input.plain();
        }

        @Override
        public String instrument() {
            return input.instrument();
        }

        @Override
        public long transactTime() {
            return input.transactTime();
        }
    }

    /** A new MARK: values open positions from here on. */
    record Marked(String instrument, long sequence, long transactTime, Decimal price) implements MarketEvent {}

    /** An external fill on its way to the ledger, which decides whether it is new and allowed. */
    record FillReceived(MarketInput.ExternalFill fill, long sequence) implements MarketEvent {
        @Override
        public String instrument() {
            return fill.instrument();
        }

        @Override
        public long transactTime() {
            return fill.transactTime();
        }
    }

    /**
     * A snapshot interval has passed: said before the first record at or after its end is handled.
     *
     * @param sequence the last command before the end
     * @param transactTime the end of the interval
     */
    record IntervalEnded(String instrument, long sequence, long transactTime) implements MarketEvent {}

    /**
     * One price of a book side.
     *
     * @param quantity displayed lots; 0 in a delta: the level is gone
     * @param hiddenQuantity lots not displayed
     * @param orders number of orders
     */
    record BookLevel(Side side, long price, long quantity, long hiddenQuantity, int orders) {}

    /** The whole book, bids from the best, then asks from the best. {@code last} marks the end of the run. */
    record BookSnapshot(String instrument, long sequence, long transactTime, List<BookLevel> levels, boolean last)
            implements MarketEvent {}

    /** The levels that a command changed, with what they are now. */
    record BookDelta(String instrument, long sequence, long transactTime, List<BookLevel> levels)
            implements MarketEvent {}

    /** A line that is no command, passed on to where rejects are kept. */
    record LineRefused(MarketInput.Unreadable line) implements MarketEvent {
        @Override
        public String instrument() {
            return line.instrument();
        }

        @Override
        public long sequence() {
            return 0;
        }

        @Override
        public long transactTime() {
            return line.transactTime();
        }
    }

    /** The reader's account of the input, passed on to where the run is summed up. */
    record InputEnded(MarketInput.EndOfInput end) implements MarketEvent {
        @Override
        public String instrument() {
            return end.instrument();
        }

        @Override
        public long sequence() {
            return 0;
        }

        @Override
        public long transactTime() {
            return end.transactTime();
        }
    }

    /**
     * The matcher's account of an instrument at the end of the run. Counts are input rows, without external fills, for
     * which the ledger answers.
     *
     * @param sequence of the last command
     * @param transactTime of the last command
     * @param firstTime smallest time of a command
     * @param lastTime largest time of a command
     * @param volume quantity traded, one side counted
     * @param lastPrice of the last trade, {@code null} without one
     * @param leftInCall whether orders were collected in a CALL that has not ended in CONTINUOUS, so that the book may be crossed
     * @param crossed whether best bid and best ask overlap although the book should have been uncrossed
     * @param queueFaults orders found out of their place in a price queue; zero unless the book is broken
     */
    record BookSummary(
            String instrument,
            long sequence,
            long transactTime,
            long acceptedRows,
            long rejectedRows,
            long duplicateRows,
            long tradeCount,
            Decimal volume,
            long firstTime,
            long lastTime,
            @Nullable Decimal lastPrice,
            boolean leftInCall,
            boolean crossed,
            long queueFaults)
            implements MarketEvent {}
}
