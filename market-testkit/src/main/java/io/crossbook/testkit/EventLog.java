package io.crossbook.testkit;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketEvent.BookSnapshot;
import io.crossbook.model.MarketEvent.Execution;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.OrderState;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects what a book says and answers what tests ask of it. */
public final class EventLog implements Consumer<MarketEvent> {
    private final List<MarketEvent> events = new ArrayList<>();

    @Override
    public void accept(MarketEvent event) {
        events.add(event.copy());
    }

    /** All events in the order they were said. */
    public List<MarketEvent> all() {
        return List.copyOf(events);
    }

    public <E extends MarketEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The trades as maker, taker, lots and ticks; in an auction as buyer, seller. */
    public List<TradeFigure> trades() {
        return of(Trade.class).stream().map(TradeFigure::of).toList();
    }

    /** Executions in short, {@code "CANCELED A1 CANCELLED leaves 0 SELF_TRADE_PREVENTION"}. */
    public List<String> executions() {
        return of(Execution.class).stream().map(EventLog::shortly).toList();
    }

    private static String shortly(Execution execution) {
        StringBuilder text = new StringBuilder(execution.execType().name());
        append(text, " ", execution.orderId());
        append(text, " ", execution.ordStatus());
        append(text, " leaves ", execution.leavesQuantity());
        append(text, " ", execution.reason());
        return text.toString();
    }

    private static void append(StringBuilder text, String before, Object value) {
        if (value != null) {
            text.append(before).append(value);
        }
    }

    public List<OrderState> states() {
        return of(OrderState.class);
    }

    /** The newest state said of an order. */
    public OrderState state(String orderId) {
        return states().stream()
                .filter(state -> state.orderId().toString().equals(orderId))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError("no state was said of " + orderId));
    }

    public List<Reason> refusals() {
        return of(Refused.class).stream().map(Refused::reason).toList();
    }

    /** The newest snapshot's levels of one side as {@code price: displayed + hidden (orders)}, from the best. */
    public List<String> levels(Side side) {
        List<BookLevel> levels = of(BookSnapshot.class).stream()
                .reduce((older, newer) -> newer)
                .map(BookSnapshot::levels)
                .orElseThrow(() -> new AssertionError("no snapshot was said"));
        return levels.stream()
                .filter(level -> level.side() == side)
                .map(level -> level.price() + ": " + level.quantity() + " + " + level.hiddenQuantity() + " ("
                        + level.orders() + ")")
                .toList();
    }

    public void clear() {
        events.clear();
    }

    /** The event as books are compared by it: the sentence of a refusal is free. */
    public static MarketEvent withoutSentence(MarketEvent event) {
        return event instanceof Refused refused
                ? new Refused(refused.input(), refused.sequence(), refused.reason(), "", refused.orderRow())
                : event;
    }

    /**
     * A trade as a test says it.
     *
     * @param first the maker, or the buyer in an auction
     * @param second the taker, or the seller in an auction
     */
    public record TradeFigure(String first, String second, long lots, long price) {
        static TradeFigure of(Trade trade) {
            boolean buyFirst = trade.aggressorSide() != Side.BUY;
            return new TradeFigure(
                    (buyFirst ? trade.buyOrderId() : trade.sellOrderId()).toString(),
                    (buyFirst ? trade.sellOrderId() : trade.buyOrderId()).toString(),
                    trade.quantity(),
                    trade.price());
        }

        /** Begins {@code trade("A1", "B1").lots(50).at(405)}. */
        public static TradeFigure trade(String first, String second) {
            return new TradeFigure(first, second, 0, 0);
        }

        public TradeFigure lots(long traded) {
            return new TradeFigure(first, second, traded, price);
        }

        public TradeFigure at(long ticks) {
            return new TradeFigure(first, second, lots, ticks);
        }
    }
}
