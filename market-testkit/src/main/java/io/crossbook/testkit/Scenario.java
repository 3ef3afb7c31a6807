package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookDelta;
import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderState;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A market situation with a known outcome: commands, and between them what was then to be seen.
 *
 * @param source the public project and the test whose figures these are
 * @param steps commands and expectations in order
 */
public record Scenario(String name, String source, Instrument instrument, List<Step> steps) {
    /** One line of a scenario. */
    public sealed interface Step {
        /** A command; it is accepted unless {@code refusal} names a reason. */
        record Command(MarketInput input, @Nullable String refusal) implements Step {}

        /** What must be seen after the commands so far: a word and its arguments, as written. */
        record Expectation(String word, List<String> arguments) implements Step {}
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Plays the scenario on a fresh book.
     *
     * @param books makes a book of an instrument that says {@code BookDelta}; order ids stay used for the day
     * @throws AssertionError naming scenario, source, line and what was seen instead
     */
    public void play(Function<Instrument, ? extends MarketBook> books) {
        Performance performance = new Performance(books.apply(instrument));
        steps.forEach(performance::step);
        performance.end();
    }

    /** What a book shows while a scenario is played on it. */
    private final class Performance {
        private final MarketBook book;
        private final List<MarketEvent> saidLast = new ArrayList<>();
        private final List<Trade> newTrades = new ArrayList<>();
        private final Map<String, OrderState> states = new HashMap<>();
        private final List<BookLevel> levels = new ArrayList<>();
        private final List<Step.Expectation> aboutOrders = new ArrayList<>();

        Performance(MarketBook book) {
            this.book = book;
        }

        void step(Step step) {
            if (step instanceof Step.Command command) {
                apply(command);
            } else if (step instanceof Step.Expectation expectation) {
                meet(expectation);
            }
        }

        private void apply(Step.Command command) {
            saidLast.clear();
            book.apply(command.input, this::hear);
            String refusal = saidLast.stream()
                    .filter(Refused.class::isInstance)
                    .map(event -> ((Refused) event).reason().name())
                    .findFirst()
                    .orElse(null);
            require(
                    Objects.equals(refusal, command.refusal),
                    command.input + " refused: " + command.refusal,
                    "" + refusal);
        }

        private void hear(MarketEvent event) {
            saidLast.add(event.copy());
            if (event instanceof Trade trade) {
                newTrades.add(trade.copy());
            } else if (event instanceof OrderState state) {
                states.put(state.orderId().toString(), state.copy());
            } else if (event instanceof BookDelta delta) {
                delta.levels().forEach(this::change);
            }
        }

        private void change(BookLevel level) {
            levels.removeIf(old -> old.side() == level.side() && old.price() == level.price());
            if (level.orders() > 0) {
                levels.add(level);
            }
            levels.sort(ReferenceMatching.BEST_FIRST);
        }

        private void meet(Step.Expectation expectation) {
            switch (expectation.word) {
                case "trades" -> meetTrades(expectation.arguments);
                case "volume" -> meetVolume(expectation.arguments.get(0));
                case "book" -> meetLevels(expectation.arguments, false);
                case "top" -> meetLevels(expectation.arguments, true);
                case "sums" -> meetSums(expectation.arguments);
                case "order" -> aboutOrders.add(expectation);
                default -> throw new IllegalArgumentException(name + ": unknown word " + expectation.word);
            }
        }

        /** The trades since they were last looked at, each as {@code maker>taker:quantity@price}. */
        private void meetTrades(List<String> expected) {
            List<String> actual = newTrades.stream().map(this::written).toList();
            require(actual.equals(expected), "trades " + expected, actual.toString());
            newTrades.clear();
        }

        private String written(Trade trade) {
            boolean buyFirst = trade.aggressorSide() != Side.BUY;
            return (buyFirst ? trade.buyOrderId() : trade.sellOrderId())
                    + ">"
                    + (buyFirst ? trade.sellOrderId() : trade.buyOrderId())
                    + ":"
                    + instrument.quantity(trade.quantity())
                    + "@"
                    + instrument.price(trade.price());
        }

        /** All trades since they were last looked at, as {@code quantity@price}: one price, or none. */
        private void meetVolume(String expected) {
            TreeSet<Long> prices = new TreeSet<>();
            Decimal volume = Decimal.ZERO;
            for (Trade trade : newTrades) {
                prices.add(trade.price());
                volume = volume.plus(instrument.quantity(trade.quantity()));
            }
            String atPrices = prices.stream()
                    .map(price -> instrument.price(price).toString())
                    .collect(Collectors.joining("+"));
            String actual = prices.isEmpty() ? "none" : volume + "@" + atPrices;
            require(actual.equals(expected), "volume " + expected, actual);
            newTrades.clear();
        }

        private void meetLevels(List<String> expected, boolean bestOnly) {
            int bar = expected.indexOf("|");
            meetSide(Side.BUY, expected.subList(0, bar), bestOnly);
            meetSide(Side.SELL, expected.subList(bar + 1, expected.size()), bestOnly);
        }

        private void meetSide(Side side, List<String> expected, boolean bestOnly) {
            List<BookLevel> actual =
                    levels.stream().filter(level -> level.side() == side).toList();
            List<String> written = new ArrayList<>();
            for (int i = 0; i < actual.size(); i++) {
                boolean counted = i >= expected.size() || expected.get(i).contains("/");
                written.add(written(actual.get(i), counted));
            }
            List<String> compared = bestOnly ? written.subList(0, Math.min(expected.size(), written.size())) : written;
            require(compared.equals(expected), side + " " + expected, written.toString());
        }

        private String written(BookLevel level, boolean counted) {
            return instrument.price(level.price())
                    + ":"
                    + instrument.quantity(level.quantity())
                    + (level.hiddenQuantity() > 0 ? "+" + instrument.quantity(level.hiddenQuantity()) : "")
                    + (counted ? "/" + level.orders() : "");
        }

        /** Number of orders and whole quantity of each side: {@code 9/180 | 9/180}. */
        private void meetSums(List<String> expected) {
            List<String> actual = List.of(sum(Side.BUY), "|", sum(Side.SELL));
            require(actual.equals(expected), "sums " + expected, actual.toString());
        }

        private String sum(Side side) {
            int orders = 0;
            long lots = 0;
            for (BookLevel level : levels) {
                if (level.side() == side) {
                    orders += level.orders();
                    lots += level.quantity() + level.hiddenQuantity();
                }
            }
            return orders + "/" + instrument.quantity(lots);
        }

        void end() {
            book.finish(this::hear);
            aboutOrders.forEach(this::meetOrder);
        }

        /** How an order ended, or stands at the end: id, status, filled quantity. */
        private void meetOrder(Step.Expectation expectation) {
            List<String> expected = expectation.arguments;
            OrderState state = states.get(expected.get(0));
            List<String> actual = state == null
                    ? List.of("unknown")
                    : List.of(
                            state.orderId().toString(),
                            state.status().name(),
                            instrument.quantity(state.filledQuantity()).toString());
            require(actual.equals(expected), "order " + expected, actual.toString());
        }

        private void require(boolean met, String expected, String actual) {
            if (!met) {
                throw new AssertionError(name + " (" + source + ")\nexpected " + expected + "\nbut was  " + actual);
            }
        }
    }
}
