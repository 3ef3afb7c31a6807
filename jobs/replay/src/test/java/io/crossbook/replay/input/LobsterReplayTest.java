package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import io.crossbook.replay.input.LobsterTruth.Fill;
import io.crossbook.replay.input.LobsterTruth.Group;
import io.crossbook.replay.input.LobsterTruth.Message;
import io.crossbook.testkit.Inputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An hour of AAPL: what the book makes of NASDAQ's orders against what NASDAQ made of them. */
class LobsterReplayTest {
    private static final String MESSAGES = "lobster/AAPL_2012-06-21_34200000_37800000_message_50.csv.gz";
    private static final String OPENING_BOOK = "lobster/AAPL_2012-06-21_34200000_57600000_orderbook_10_first999.csv.gz";
    private static final String BEST_PRICES = "lobster/AAPL_2012-06-21_34200000_57600000_orderbook_1_first25641.csv.gz";
    private static final int GROUPS = 3_290;

    private static final Instrument AAPL = Instrument.permissive("AAPL");

    @Test
    void matchesAsNasdaqDidFromItsOwnFillsAlone() throws Exception {
        Map<String, List<Fill>> fillsByAggressor = new HashMap<>();
        LiveBook book = new LiveBook(AAPL, MatchingSettings.DEFAULT);
        TestInput.Result day = read();
        for (MarketInput input : day.inputs()) {
            book.apply(input, collect(fillsByAggressor));
        }
        List<Group> groups = LobsterTruth.groups(LobsterTruth.messages(RealData.file(MESSAGES)));
        long identical = groups.stream()
                .filter(group -> group.fills().equals(fillsByAggressor.get(group.aggressorOrderId())))
                .count();
        System.out.println("LOBSTER, own fills stand: " + identical + " of " + groups.size() + " aggressors identical");
        assertThat(groups).hasSize(GROUPS);
        assertThat(identical).isGreaterThanOrEqualTo(3_246);
        assertThat(day.counts().rows()).isEqualTo(91_997);
        assertThat(day.counts().unreadable()).isZero();
        assertThat(day.counts().openingOrders()).isPositive();
    }

    @Test
    void matchesAsNasdaqDidOnTheBookThatNasdaqsMessagesMake() throws Exception {
        List<Message> messages = LobsterTruth.messages(RealData.file(MESSAGES));
        Map<String, Group> groups = LobsterTruth.groups(messages).stream()
                .collect(Collectors.toMap(Group::aggressorOrderId, Function.identity()));
        TruthBook book = new TruthBook();
        Map<Long, MarketInput> inputByLine = new HashMap<>();
        for (MarketInput input : read().inputs()) {
            if (input.header().origin().rows() == 0) {
                book.apply(input);
            } else {
                inputByLine.put(input.header().origin().line(), input);
            }
        }
        BestPrices best = new BestPrices(RealData.lines(RealData.file(BEST_PRICES)));
        long identical = 0;
        for (Message message : messages) {
            MarketInput input = inputByLine.get(message.line());
            if (message.type() == 4) {
                if (input != null) {
                    List<Fill> fills = book.tryOnCopy(input);
                    identical += fills.equals(groups.get(orderId(input)).fills()) ? 1 : 0;
                }
                book.execute(message);
            } else {
                book.apply(input);
            }
            best.compare(message, book);
        }
        System.out.println("LOBSTER, on NASDAQ's book: " + identical + " of " + groups.size()
                + " aggressors identical; best prices agree in " + best.agreeing + " of " + best.compared + " rows");
        assertThat(groups).hasSize(GROUPS);
        assertThat(identical).isGreaterThanOrEqualTo(3_277);
        assertThat(best.compared).isEqualTo(25_641);
        assertThat(best.agreeing).isGreaterThanOrEqualTo(25_615);
    }

    private static TestInput.Result read() throws Exception {
        Path messages = RealData.file(MESSAGES);
        InputFile file = new InputFile(MESSAGES, messages.toString(), InputFormat.LOBSTER, null, null);
        return TestInput.read(new InputSettings(
                List.of(file),
                Map.of(),
                false,
                null,
                null,
                RealData.file(OPENING_BOOK).toString(),
                InputSettings.DEFAULT_ZONE));
    }

    private static String orderId(MarketInput input) {
        return ((MarketInput.NewOrder) input).orderId();
    }

    private static Consumer<MarketEvent> collect(Map<String, List<Fill>> fillsByAggressor) {
        return event -> {
            if (event instanceof Trade trade) {
                boolean buyerTakes = trade.aggressorSide() == Side.BUY;
                String taker = trade.orderId(buyerTakes ? Side.BUY : Side.SELL).toString();
                String maker = trade.orderId(buyerTakes ? Side.SELL : Side.BUY).toString();
                fillsByAggressor
                        .computeIfAbsent(taker, id -> new ArrayList<>())
                        .add(new Fill(maker, AAPL.quantity(trade.quantity()), AAPL.price(trade.price())));
            }
        };
    }

    /** A live book that is told the executions by order id instead of finding them itself. */
    private static final class TruthBook {
        private static final MatchingSettings SETTINGS = new MatchingSettings(false, true, 0, true, false, false);

        private static final class Resting {
            private Decimal total = Decimal.ZERO;
            private Decimal executed = Decimal.ZERO;
        }

        private final LiveBook book = new LiveBook(AAPL, SETTINGS);
        private final Map<String, Resting> restingById = new HashMap<>();
        private final Map<Side, TreeMap<Long, Long>> levels =
                Map.of(Side.BUY, new TreeMap<>(), Side.SELL, new TreeMap<>());
        private long time;
        private long position;

        void apply(MarketInput input) {
            time = input.transactTime();
            if (input instanceof MarketInput.NewOrder order) {
                restingById.computeIfAbsent(order.orderId(), id -> new Resting()).total = order.quantity();
            } else if (input instanceof MarketInput.ReplaceOrder replace && replace.quantity() != null) {
                Resting resting = restingById.get(replace.orderId());
                resting.total = replace.quantity();
                reduce(replace.orderId(), resting);
                return;
            }
            book.apply(Inputs.withHeader(input, nextHeader()), this::note);
        }

        private InputHeader nextHeader() {
            return new InputHeader(AAPL.symbol(), time, new Origin(0, 0, ++position, 1), null);
        }

        void execute(Message message) {
            Resting resting = restingById.get(message.orderId());
            if (resting != null) {
                resting.executed = resting.executed.plus(Decimal.of(message.size()));
                reduce(message.orderId(), resting);
            }
        }

        /** What is executed by id is taken off the order where it stands. */
        private void reduce(String orderId, Resting resting) {
            Decimal leaves = resting.total.minus(resting.executed);
            MarketInput command = leaves.signum() > 0
                    ? new MarketInput.ReplaceOrder(nextHeader(), orderId, null, null, leaves, null, null)
                    : new MarketInput.CancelOrder(nextHeader(), orderId, null);
            book.apply(command, this::note);
        }

        private void note(MarketEvent event) {
            if (event instanceof MarketEvent.BookDelta delta) {
                for (MarketEvent.BookLevel level : delta.levels()) {
                    TreeMap<Long, Long> side = levels.get(level.side());
                    if (level.quantity() == 0) {
                        side.remove(level.price());
                    } else {
                        side.put(level.price(), level.quantity());
                    }
                }
            }
        }

        List<Fill> tryOnCopy(MarketInput aggressor) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            book.write(new DataOutputStream(bytes));
            LiveBook copy =
                    LiveBook.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), AAPL, SETTINGS);
            Map<String, List<Fill>> fills = new HashMap<>();
            copy.apply(Inputs.withHeader(aggressor, nextHeader()), collect(fills));
            return fills.getOrDefault(orderId(aggressor), List.of());
        }

        /** Price in 1/10000 dollar and size as a row of the order book file has them. */
        String best(Side side) {
            Map.@Nullable Entry<Long, Long> level = side == Side.BUY
                    ? levels.get(side).lastEntry()
                    : levels.get(side).firstEntry();
            return level == null
                    ? "none"
                    : AAPL.price(level.getKey()).times(10_000) + "," + AAPL.quantity(level.getValue());
        }
    }

    /**
     * The rows of the level-1 book, each given to the message behind it: one that enters at or inside the best price of
     * its side or takes off at it. Hidden executions repeat the row.
     */
    private static final class BestPrices {
        private final List<String> rows;
        private int compared;
        private int agreeing;

        private BestPrices(List<String> rows) {
            this.rows = rows;
        }

        void compare(Message message, TruthBook book) {
            if (compared < rows.size() && touchesBest(message)) {
                String row = rows.get(compared++);
                agreeing += row.equals(book.best(Side.SELL) + ',' + book.best(Side.BUY)) ? 1 : 0;
            }
        }

        private boolean touchesBest(Message message) {
            if (compared == 0 || message.type() == 5) {
                return true;
            }
            String[] before = rows.get(compared - 1).split(",");
            long best = Long.parseLong(before[message.direction() == 1 ? 2 : 0]);
            long inside = message.direction() * (message.price() - best);
            return message.type() == 1 ? inside >= 0 : inside == 0;
        }
    }
}
