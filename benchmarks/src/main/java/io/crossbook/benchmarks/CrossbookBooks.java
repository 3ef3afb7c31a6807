package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;
import io.crossbook.cli.generate.FlowKind;
import io.crossbook.matching.BookListener;
import io.crossbook.matching.MarketRules;
import io.crossbook.matching.OrderBook;
import io.crossbook.matching.OrderKey;
import io.crossbook.matching.OrderTicket;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Our order book with all its rules, the memory for the ids of the day on or off. The keys of the ids are made
 * beforehand: the others get numbers as well, and neither figure holds the reading of text.
 */
final class CrossbookBooks implements MeasuredBooks {
    private final OrderBook[] books;
    private final long[] sequences;
    private final long[] idHigh;
    private final long[] idLow;
    private final OrderTicket ticket = new OrderTicket();
    private long trades;
    private long notional;
    private long endings;
    private long replaces;

    CrossbookBooks(FlowCommands flow, int instruments, boolean remembersIds, LongFunction<String> orderId) {
        books = new OrderBook[instruments];
        sequences = new long[instruments];
        for (int i = 0; i < instruments; i++) {
            books[i] = new OrderBook(MarketRules.NONE, remembersIds, new Counter());
        }
        idHigh = new long[flow.size()];
        idLow = new long[flow.size()];
        OrderKey key = new OrderKey();
        for (int i = 0; i < flow.size(); i++) {
            key.of(orderId.apply(flow.orderId(i)));
            idHigh[i] = key.high();
            idLow[i] = key.low();
        }
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
        if (kind == FlowKind.CANCEL) {
            return book.cancel(idHigh[i], idLow[i], flow.client(i));
        }
        ticket.idHigh = idHigh[i];
        ticket.idLow = idLow[i];
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
