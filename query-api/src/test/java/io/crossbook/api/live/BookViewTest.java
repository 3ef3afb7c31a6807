package io.crossbook.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.store.queries.StoredBook;
import io.crossbook.store.queries.StoredLevel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class BookViewTest {
    /** The book as it should be, and its records. */
    private static final class Market {
        private final TreeMap<Integer, Integer> bids = new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<Integer, Integer> asks = new TreeMap<>();
        private long sequence;

        private BookRecord change(Random random) {
            boolean bid = random.nextBoolean();
            int price = bid ? 100 - random.nextInt(20) : 101 + random.nextInt(20);
            int quantity = random.nextInt(5);
            TreeMap<Integer, Integer> side = bid ? bids : asks;
            if (quantity == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
            sequence++;
            return new BookRecord(
                    "ACME", sequence, 1, false, List.of(level(bid ? "BUY" : "SELL", price, quantity)), checksum());
        }

        private BookRecord snapshot() {
            List<BookRecord.Level> levels = new ArrayList<>();
            bids.forEach((price, quantity) -> levels.add(level("BUY", price, quantity)));
            asks.forEach((price, quantity) -> levels.add(level("SELL", price, quantity)));
            return new BookRecord("ACME", sequence, 2, true, levels, checksum());
        }

        private StoredBook stored() {
            return new StoredBook("ACME", sequence, null, stored("BUY", bids), stored("SELL", asks));
        }

        private static List<StoredLevel> stored(String side, TreeMap<Integer, Integer> levels) {
            List<StoredLevel> stored = new ArrayList<>();
            levels.forEach((price, quantity) -> stored.add(
                    new StoredLevel(side, Decimal.parse("" + price), Decimal.parse("" + quantity), Decimal.ZERO, 1)));
            return stored;
        }

        private static BookRecord.Level level(String side, int price, int quantity) {
            return new BookRecord.Level(side, "" + price, "" + quantity, 1);
        }

        private long checksum() {
            CRC32 sum = new CRC32();
            for (Map.Entry<String, TreeMap<Integer, Integer>> side :
                    List.of(Map.entry("BUY", bids), Map.entry("SELL", asks))) {
                side.getValue().entrySet().stream()
                        .limit(10)
                        .forEach(level ->
                                sum.update((side.getKey() + ':' + level.getKey() + ':' + level.getValue() + ';')
                                        .getBytes(StandardCharsets.UTF_8)));
            }
            return sum.getValue();
        }
    }

    private final Random random = new Random(5);
    private final Market market = new Market();
    private final BookView view = new BookView("ACME");

    private void agrees() {
        assertThat(view.top(100).checksum()).isEqualTo(market.checksum());
        assertThat(view.sequence()).isEqualTo(market.sequence);
        assertThat(view.top(100).bids())
                .extracting(level -> level.price().toString())
                .containsExactlyElementsOf(
                        market.bids.keySet().stream().map(String::valueOf).toList());
        assertThat(view.top(100).asks())
                .extracting(level -> level.price().toString())
                .containsExactlyElementsOf(
                        market.asks.keySet().stream().map(String::valueOf).toList());
    }

    @Test
    void beginsWithTheStoredBookAndGoesOnWithWhatFollowsIt() {
        List<BookRecord> records = new ArrayList<>();
        StoredBook stored = market.stored();
        for (int i = 0; i < 300; i++) {
            records.add(market.change(random));
            if (i == 200) {
                stored = market.stored();
            }
        }
        // The topic is read from before the place that is stored.
        records.subList(150, 250)
                .forEach(record -> assertThat(view.apply(record)).isEqualTo(BookView.Step.WAITS));
        assertThat(view.begin(stored)).isTrue();
        records.subList(250, 300)
                .forEach(record -> assertThat(view.apply(record)).isEqualTo(BookView.Step.APPLIED));
        agrees();
    }

    @Test
    void waitsForADatabaseThatIsBehind() {
        StoredBook old = market.stored();
        for (int i = 0; i < 50; i++) {
            market.change(random);
        }
        view.apply(market.change(random));
        assertThat(view.begin(old)).isFalse();
        assertThat(view.begin(market.stored())).isTrue();
        agrees();
    }

    @Test
    void beginsAnewWhenARecordIsMissing() {
        view.begin(market.stored());
        for (int i = 0; i < 50; i++) {
            view.apply(market.change(random));
        }
        BookRecord lost = market.change(random);
        BookRecord next = market.change(random);
        while (lost.levels().get(0).price().equals(next.levels().get(0).price())) {
            next = market.change(random);
        }
        assertThat(view.apply(next)).isEqualTo(BookView.Step.WAITS);
        assertThat(view.isKnown()).isFalse();
        assertThat(view.apply(market.snapshot())).isEqualTo(BookView.Step.APPLIED);
        agrees();
    }

    @Test
    void passesRepeatedRecordsOver() {
        view.begin(market.stored());
        BookRecord first = market.change(random);
        view.apply(first);
        view.apply(market.change(random));
        assertThat(view.apply(first)).isEqualTo(BookView.Step.REPEATED);
        agrees();
    }

    @Test
    void tellsWhenACommandIsInIt() {
        view.begin(market.stored());
        var at = view.whenAt(2);
        view.apply(market.change(random));
        assertThat(at).isNotDone();
        view.apply(market.change(random));
        assertThat(at).isCompletedWithValueMatching(reached -> reached.sequence() == 2);
    }
}
