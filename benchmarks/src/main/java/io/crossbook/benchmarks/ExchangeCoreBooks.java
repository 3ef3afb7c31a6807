package io.crossbook.benchmarks;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration.LoggingLevel;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import io.crossbook.cli.generate.FlowCommands;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The direct order book of exchange-core, driven without its disruptor, risk engine and journal, as its own tests do.
 *
 * <p>A replace of the price is a move, one to less quantity a reduce; it knows no market orders, so those are immediate
 * orders at the furthest price. One command object is filled anew for each call; books share one pool of objects.
 */
final class ExchangeCoreBooks implements MeasuredBooks {
    private static final long FURTHEST_BID = Long.MAX_VALUE / 4;

    /** As its matching engine sets them up; the pool of its tests is too small for these books. */
    private static final Map<Integer, Integer> POOL_SIZES = Map.of(
            ObjectsPool.DIRECT_ORDER, 1024 * 1024,
            ObjectsPool.DIRECT_BUCKET, 64 * 1024,
            ObjectsPool.ART_NODE_4, 32 * 1024,
            ObjectsPool.ART_NODE_16, 16 * 1024,
            ObjectsPool.ART_NODE_48, 8 * 1024,
            ObjectsPool.ART_NODE_256, 4 * 1024);

    private final IOrderBook[] books;
    private final OrderCommand command = new OrderCommand();
    private long trades;
    private long notional;

    ExchangeCoreBooks(int instruments) {
        ObjectsPool pool = new ObjectsPool(POOL_SIZES);
        LoggingConfiguration quiet = LoggingConfiguration.builder()
                .loggingLevels(EnumSet.noneOf(LoggingLevel.class))
                .build();
        books = new IOrderBook[instruments];
        for (int i = 0; i < instruments; i++) {
            books[i] = new OrderBookDirectImpl(symbol(i), pool, OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER, quiet);
        }
    }

    private static CoreSymbolSpecification symbol(int instrument) {
        return CoreSymbolSpecification.builder()
                .symbolId(instrument)
                .type(SymbolType.FUTURES_CONTRACT)
                .baseScaleK(1)
                .quoteScaleK(1)
                .build();
    }

    @Override
    public void run(FlowCommands flow, int from, int to) {
        for (int i = from; i < to; i++) {
            fill(flow, i);
            CommandResultCode result = IOrderBook.processCommand(books[command.symbol], command);
            if (result != CommandResultCode.SUCCESS) {
                throw new IllegalStateException("command " + i + " was refused: " + result);
            }
            consumeFills();
        }
    }

    private void fill(FlowCommands flow, int i) {
        command.orderId = flow.orderId(i);
        command.symbol = flow.instrument(i);
        command.uid = flow.client(i);
        command.timestamp = flow.timeNanos(i);
        command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
        command.matcherEvent = null;
        switch (flow.kind(i)) {
            case NEW -> place(OrderType.GTC, flow.buy(i), flow.price(i), flow.quantity(i));
            case IOC -> place(OrderType.IOC, flow.buy(i), flow.price(i), flow.quantity(i));
            case MARKET -> place(OrderType.IOC, flow.buy(i), flow.buy(i) ? FURTHEST_BID : 1, flow.quantity(i));
            case CANCEL -> command.command = OrderCommandType.CANCEL_ORDER;
            case REPLACE_PRICE -> {
                command.command = OrderCommandType.MOVE_ORDER;
                command.price = flow.price(i);
            }
            case REPLACE_QUANTITY -> {
                command.command = OrderCommandType.REDUCE_ORDER;
                command.size = flow.reduceBy(i);
            }
        }
    }

    private void place(OrderType type, boolean buy, long price, long quantity) {
        command.command = OrderCommandType.PLACE_ORDER;
        command.orderType = type;
        command.action = buy ? OrderAction.BID : OrderAction.ASK;
        command.price = price;
        command.reserveBidPrice = price;
        command.size = quantity;
    }

    private void consumeFills() {
        @Nullable MatcherTradeEvent event = command.matcherEvent;
        while (event != null) {
            if (event.eventType == MatcherEventType.TRADE) {
                trades++;
                notional += event.price * event.size;
            }
            event = event.nextEvent;
        }
    }

    @Override
    public long trades() {
        return trades;
    }

    @Override
    public long notional() {
        return notional;
    }
}
