package io.crossbook.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the matcher says. Prices are ticks and quantities lots of the instrument unless they are decimals. */
public sealed interface MarketEvent extends RunEvent
        permits Trade,
                OrderState,
                MarketEvent.Execution,
                MarketEvent.Refused,
                MarketEvent.Duplicate,
                MarketEvent.Marked,
                MarketEvent.FillReceived,
                MarketEvent.IntervalEnded,
                MarketEvent.BookSnapshot,
                MarketEvent.BookDelta,
                MarketEvent.LineRefused,
                MarketEvent.InputEnded,
                MarketEvent.BookSummary,
                MarketEvent.CommandEnded,
                MarketEvent.BookRefresh,
                MarketEvent.PhaseBegun {
    /** Commands of an instrument from one whole book to the next. */
    long BOOK_REFRESH_SEQUENCES = 1_000;

    /** A time that does not come. */
    long NEVER = Long.MAX_VALUE;

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

    /**
     * A session phase, said before it takes effect.
     *
     * @param bestBid price of the best displayed bid before it, {@code null} without one
     * @param bestAsk likewise
     */
    record PhaseBegun(
            String instrument,
            long sequence,
            long transactTime,
            Phase phase,
            @Nullable Decimal bestBid,
            @Nullable Decimal bestAsk)
            implements MarketEvent {}

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

    /**
     * The levels that a command changed, with what they are now.
     *
     * @param checksum of the book after it, where the ends of commands are said, else 0: CRC-32 of {@code
     *     side:price:quantity;} over the best ten bids, then the best ten asks, with decimals and what is displayed
     */
    record BookDelta(String instrument, long sequence, long transactTime, List<BookLevel> levels, long checksum)
            implements MarketEvent {}

    /**
     * The whole book as it is after every {@value #BOOK_REFRESH_SEQUENCES}th command, so that who only has its changes can
     * begin there: MarketDataSnapshotFullRefresh(W). Said where the ends of commands are.
     */
    record BookRefresh(String instrument, long sequence, long transactTime, List<BookLevel> levels, long checksum)
            implements MarketEvent {}

    /**
     * Nothing more comes of a command. Said only where somebody waits for it; whatever falls between two commands, such as
     * the end of an interval, comes after it.
     *
     * @param source where the command came from, see {@link Origin}
     * @param line its place there
     * @param nextExpiry when the next order of the instrument ends by time, nanoseconds since 1970 UTC; {@link #NEVER} if none
     *     waits for that
     */
    record CommandEnded(String instrument, long sequence, long transactTime, int source, long line, long nextExpiry)
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
