package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Side;
import io.crossbook.model.Trade;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 150 minutes of an exchange's orders, aggressive ones too: what they trade here against what they traded there. */
class BitstampReplayTest {
    private static final String ORDERS = "bitstamp/btcusd_2015-05-01_orders_first150min.csv.gz";
    private static final String TRADES = "bitstamp/btcusd_2015-05-01_trades_first150min.csv.gz";
    private static final int VOLUME_DECIMALS = 8;

    @TempDir
    private Path folder;

    private record Fill(String maker, String taker, Decimal price, Decimal quantity) {}

    /** A row of the order events; the volume is what is left after it. */
    private record Event(String id, long time, long entered, String price, Decimal volume, String action, String side) {
        static Event of(String line) {
            String[] field = line.split(",");
            return new Event(
                    field[0],
                    Long.parseLong(field[1]),
                    Long.parseLong(field[2]),
                    field[3],
                    Decimal.of(Long.parseLong(field[4]), VOLUME_DECIMALS),
                    field[5],
                    field[6].equals("bid") ? "BUY" : "SELL");
        }
    }

    @Test
    void tradesAsTheExchangeDid() throws Exception {
        List<Event> events = RealData.lines(RealData.file(ORDERS)).stream()
                .skip(1)
                .map(Event::of)
                .toList();
        List<Fill> theirs = RealData.lines(RealData.file(TRADES)).stream()
                .skip(1)
                .map(BitstampReplayTest::theirFill)
                .toList();
        TestInput.Result input =
                new TestInput(folder).file("bitstamp.csv", commands(events)).read();
        assertThat(input.counts().unreadable()).isZero();

        List<Fill> ours = new ArrayList<>();
        Instrument instrument = Instrument.permissive("BTCUSD");
        LiveBook book = new LiveBook(instrument, MatchingSettings.DEFAULT);
        for (MarketInput command : input.inputs()) {
            book.apply(command, event -> {
                if (event instanceof Trade trade) {
                    ours.add(ourFill(instrument, trade));
                }
            });
        }
        Set<Fill> found = new HashSet<>(ours);
        long identical = theirs.stream().filter(found::contains).count();
        System.out.println("Bitstamp: " + identical + " of " + theirs.size() + " trades identical, " + ours.size()
                + " fills in all");
        assertThat(theirs).hasSize(268);
        assertThat(identical).isGreaterThanOrEqualTo(237);
    }

    private static Fill theirFill(String line) {
        String[] field = line.split(",");
        return new Fill(
                field[4], field[5], Decimal.parse(field[1]), Decimal.of(Long.parseLong(field[2]), VOLUME_DECIMALS));
    }

    private static Fill ourFill(Instrument instrument, Trade trade) {
        boolean buyerTakes = trade.aggressorSide() == Side.BUY;
        return new Fill(
                trade.orderId(buyerTakes ? Side.SELL : Side.BUY).toString(),
                trade.orderId(buyerTakes ? Side.BUY : Side.SELL).toString(),
                instrument.price(trade.price()),
                instrument.quantity(trade.quantity()));
    }

    /**
     * Orders without an entry come first, by time and id; then entries and deletions in file order. A deletion of an
     * order that was filled there cancels what is left of it here, mostly nothing.
     */
    private static String commands(List<Event> events) {
        Map<String, Event> firstById = new LinkedHashMap<>();
        Set<String> created = new HashSet<>();
        for (Event event : events) {
            firstById.putIfAbsent(event.id(), event);
            if (event.action().equals("created")) {
                created.add(event.id());
            }
        }
        StringBuilder text =
                new StringBuilder("timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n");
        firstById.values().stream()
                .filter(event ->
                        !created.contains(event.id()) && !event.volume().isZero())
                .sorted(Comparator.comparingLong(Event::entered).thenComparing(event -> Long.valueOf(event.id())))
                .forEach(event -> enter(text, event, events.get(0).time()));
        for (Event event : events) {
            if (event.action().equals("created")) {
                enter(text, event, event.time());
            } else if (event.action().equals("deleted")) {
                text.append(nanos(event.time()))
                        .append(",BTCUSD,CANCEL,")
                        .append(event.id())
                        .append(",,,,,\n");
            }
        }
        return text.toString();
    }

    private static void enter(StringBuilder text, Event event, long millis) {
        text.append(nanos(millis))
                .append(",BTCUSD,NEW,")
                .append(event.id())
                .append(",c,")
                .append(event.side());
        text.append(",LIMIT,")
                .append(event.price())
                .append(',')
                .append(event.volume())
                .append('\n');
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
