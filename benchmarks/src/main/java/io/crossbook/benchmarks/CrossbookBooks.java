package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;
import io.crossbook.cli.generate.FlowKind;
import io.crossbook.matching.BookListener;
import io.crossbook.matching.MarketRules;
import io.crossbook.matching.OrderBook;
import io.crossbook.matching.OrderTicket;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Our order book with all its rules, the memory for the ids of the day on or off. All engines get the ids as numbers, so
 * that no figure holds the reading of text; what {@link OrderId} makes of the text is made beforehand.
 */
final class CrossbookBooks implements MeasuredBooks {
    private final OrderBook[] books;
    private final long[] sequences;
    /** Both words of the order key of each command; {@code null} where the second is the number of the order. */
    private final long @Nullable [] keys;

    private final long countedHigh = OrderId.of("0").high();
    private final OrderTicket ticket = new OrderTicket();
    private long trades;
    private long notional;
    private long endings;
    private long replaces;

    /** Books for orders whose ids are their numbers. */
    CrossbookBooks(int instruments, boolean remembersIds) {
        this(instruments, remembersIds, null);
    }

    /** Books for orders whose ids no system counts. */
    CrossbookBooks(FlowCommands flow, int instruments, LongFunction<String> orderId) {
        this(instruments, true, keys(flow, orderId));
    }

    private CrossbookBooks(int instruments, boolean remembersIds, long @Nullable [] keys) {
        books = new OrderBook[instruments];
        sequences = new long[instruments];
        for (int i = 0; i < instruments; i++) {
            books[i] = new OrderBook(MarketRules.NONE, remembersIds, new Counter());
        }
        this.keys = keys;
    }

    private static long[] keys(FlowCommands flow, LongFunction<String> orderId) {
        long[] keys = new long[2 * flow.size()];
        for (int i = 0; i < flow.size(); i++) {
            OrderId key = OrderId.of(orderId.apply(flow.orderId(i)));
            keys[2 * i] = key.high();
            keys[2 * i + 1] = key.low();
        }
        return keys;
    }

    @Override
    public void run(FlowCommands flow, int from, int to) {
        for (int i = from; i < to; i++) {
            int instrument = flow.instrument(i);
            OrderBook book = books[instrument];
            book.begin(++sequences[instrument], flow.timeNanos(i));
            @Nullable Reason refusal = apply(book, flow, i);
            if (refusal != null) {
                throw new IllegalStateException("command " + i + " was refused: " + refusal);
            }
        }
    }

    private @Nullable Reason apply(OrderBook book, FlowCommands flow, int i) {
        FlowKind kind = flow.kind(i);
        long idHigh = keys == null ? countedHigh : keys[2 * i];
        long idLow = keys == null ? flow.orderId(i) : keys[2 * i + 1];
        if (kind == FlowKind.CANCEL) {
            return book.cancel(idHigh, idLow, flow.client(i));
        }
        ticket.idHigh = idHigh;
        ticket.idLow = idLow;
        ticket.client = flow.client(i);
        if (kind == FlowKind.REPLACE_PRICE || kind == FlowKind.REPLACE_QUANTITY) {
            ticket.price = kind == FlowKind.REPLACE_PRICE ? flow.price(i) : OrderTicket.NONE;
            ticket.quantity = kind == FlowKind.REPLACE_QUANTITY ? flow.quantity(i) : OrderTicket.NONE;
            return book.replace(ticket);
        }
        ticket.setSide(flow.buy(i) ? Side.BUY : Side.SELL);
        ticket.setType(kind == FlowKind.MARKET ? OrderType.MARKET : OrderType.LIMIT);
        ticket.setTimeInForce(kind == FlowKind.IOC ? TimeInForce.IOC : TimeInForce.GTC);
        ticket.price = kind == FlowKind.MARKET ? OrderTicket.NONE : flow.price(i);
        ticket.quantity = flow.quantity(i);
        return book.enter(ticket);
    }

    @Override
    public long trades() {
        return trades;
    }

    @Override
    public long notional() {
        return notional;
    }

    private final class Counter implements BookListener {
        @Override
        public void accepted(int order) {
            endings--;
        }

        @Override
        public void triggered(int order) {
            throw new IllegalStateException("the flows have no stops");
        }

        @Override
        public void traded(long tradeNo, int maker, int taker, long price, long quantity, boolean auction) {
            trades++;
            notional += price * quantity;
        }

        @Override
        public void replaced(int order) {
            replaces++;
        }

        @Override
        public void filled(int order) {
            endings++;
        }

        @Override
        public void canceled(int order, @Nullable Reason reason) {
            endings++;
        }

        @Override
        public void expired(int order) {
            endings++;
        }
    }
}
