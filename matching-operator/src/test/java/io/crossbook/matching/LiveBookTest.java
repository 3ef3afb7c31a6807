package io.crossbook.matching;

import static io.crossbook.testkit.Orders.at;
import static io.crossbook.testkit.Orders.buy;
import static io.crossbook.testkit.Orders.cancel;
import static io.crossbook.testkit.Orders.clock;
import static io.crossbook.testkit.Orders.fill;
import static io.crossbook.testkit.Orders.keyed;
import static io.crossbook.testkit.Orders.mark;
import static io.crossbook.testkit.Orders.phase;
import static io.crossbook.testkit.Orders.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Instrument;
import io.crossbook.model.Phase;
import io.crossbook.model.Side;
import io.crossbook.model.Timestamps;
import io.crossbook.testkit.InstrumentBuilder;
import io.crossbook.testkit.Orders;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a live book adds to the matcher: numbers, days, keys, intervals, counts and its state. */
class LiveBookTest {
    private static final Instrument INSTRUMENT =
            InstrumentBuilder.instrument(Orders.SYMBOL).build();

    private final Market market = new Market();

    @Test
    void saysHowTheChangedOrdersStandAndThatTheCommandIsOver() {
        Market live = new Market(INSTRUMENT, new MatchingSettings(false, false, 0, true, true, true));

        assertThat(live.send(sell("A1").lots(5).at(10)))
                .containsExactly("order A1 OPEN 0/5 leaves 5", "CommandEnded 1");
        assertThat(live.send(buy("B1").lots(3).at(10)))
                .containsExactly(
                        "trade 1: B1 buys 3@10 of A1, aggressor BUY",
                        "order B1 FILLED 3/3 leaves 0",
                        "order A1 PARTIALLY_FILLED 3/5 leaves 2",
                        "CommandEnded 2");
        assertThat(live.send(cancel("A1"))).containsExactly("order A1 CANCELLED 3/5 leaves 0", "CommandEnded 3");
        assertThat(live.send(clock(0))).containsExactly("CommandEnded 4");
    }

    @Test
    void saysADuplicateForTheSameKeyAndContentWhateverItsTime() {
        market.send(keyed("k", buy("B1").lots(5).at(10)));

        assertThat(market.send(at(7, keyed("k", buy("B1").lots("5.0").at("10.00")))))
                .containsExactly("duplicate of 1");
        assertThat(market.send(keyed("k", buy("B1").of("bob").lots(5).at(10))))
                .as("the key of another client is another key")
                .contains("refused DUPLICATE_ORDER_ID: order_id \"B1\" is already used on ESH4 (no row)");
    }

    @Test
    void refusesAKeyWithOtherContentAndUsesUpTheFreeId() {
        market.send(keyed("k", buy("B1").lots(5).at(10)));

        assertThat(market.send(keyed("k", buy("B2").lots(5).at(10))))
                .containsExactly(
                        "1 REJECTED B2 REJECTED leaves 0 IDEMPOTENCY_KEY_REUSED",
                        "refused IDEMPOTENCY_KEY_REUSED: idempotency_key \"k\" came with other content before from"
                                + " client \"alice\"");
        assertThat(market.send(buy("B2").at(10)))
                .containsExactly(
                        "1 REJECTED B2 REJECTED leaves 0 DUPLICATE_ORDER_ID",
                        "refused DUPLICATE_ORDER_ID: order_id \"B2\" is already used on ESH4 (no row)");
    }

    @Test
    void forgetsIdsAndKeysWithTheDateAndKeepsThoseOfLiveOrders() {
        market.send(keyed("k", buy("B1").at(10)), cancel("B1"), buy("B2").at(10));
        long nextDay = Timestamps.NANOS_PER_DAY;

        assertThat(market.send(at(nextDay, keyed("k", buy("B1").at(10))))).containsExactly("1 NEW B1 OPEN leaves 1");
        assertThat(market.send(at(1, buy("B2").at(10))))
                .as("an earlier date belongs to the day that runs; a live id is taken")
                .anyMatch(line -> line.startsWith("refused DUPLICATE_ORDER_ID"));
    }

    @Test
    void forgetsIdsWhenTheMarketCloses() {
        market.send(buy("B1").at(10), cancel("B1"), phase(Phase.CLOSED), phase(Phase.CONTINUOUS));

        assertThat(market.send(buy("B1").at(10))).containsExactly("1 NEW B1 OPEN leaves 1");
    }

    @Test
    void comparesIdsWithLiveOrdersOnlyIfToldSo() {
        Market live = new Market(INSTRUMENT, new MatchingSettings(true, false, 0, false, false, false));

        assertThat(live.send(buy("B1").at(10), cancel("B1"), buy("B1").at(10)))
                .containsExactly("1 NEW B1 OPEN leaves 1");
        assertThat(live.send(buy("B1").at(10))).anyMatch(line -> line.startsWith("refused DUPLICATE_ORDER_ID"));
    }

    @Test
    void saysAnEndedIntervalOnceHoweverLongTheGap() {
        Market snapped = new Market(INSTRUMENT, new MatchingSettings(false, false, 60, true, false, false));

        assertThat(snapped.send(at(5, buy("B1").at(10)))).isEmpty();
        assertThat(snapped.send(clock(59))).isEmpty();
        assertThat(snapped.send(clock(240)))
                .containsExactly("IntervalEnded 2", "snapshot at 60 after 2 [BUY 10: 1+0 (1)]");
        assertThat(snapped.send(clock(50), clock(299))).isEmpty();
        assertThat(snapped.send(clock(300))).contains("IntervalEnded 5");
    }

    @Test
    void saysEachChangedLevelOnce() {
        Market deltas = new Market(INSTRUMENT, new MatchingSettings(false, true, 0, true, false, false));

        deltas.send(
                sell("A1").lots(2).at(100),
                sell("A2").lots(4).display(2).at(100),
                sell("A3").at(101));
        assertThat(deltas.send(buy("B1").lots(2).at(99))).containsExactly("levels [BUY 99: 2+0 (1)]");
        assertThat(deltas.send(buy("B2").of("bob").lots(8).at(101)))
                .endsWith("levels [BUY 101: 1+0 (1), SELL 100: 0+0 (0), SELL 101: 0+0 (0)]");
    }

    @Test
    void countsRowsAndLeavesFillsToTheLedger() {
        assertThat(market.send(fill("T1", "bob", Side.BUY, "1", "2"))).containsExactly("FillReceived 1");
        assertThat(market.send(mark("-3.5"))).containsExactly("Marked 2");
        assertThat(market.send(mark("0.1234567890123456789")))
                .contains("refused OUT_OF_RANGE: price 0.1234567890123456789 has more than 18 digits behind the point"
                        + " (no row)");
        market.send(
                at(9, keyed("k", sell("A1").lots(3).at(10))),
                keyed("k", sell("A1").lots(3).at(10)),
                buy("B1").of("bob").lots(2).at(10));

        assertThat(market.finish())
                .containsExactly(
                        "order A1 PARTIALLY_FILLED 2/3 leaves 1",
                        "snapshot at 0 after 6 last [SELL 10: 1+0 (1)]",
                        "rows 3 1 1, trades 1, volume 2, times 0 to 9, last 10, faults 0");
    }

    @Test
    void tellsABookLeftInACallFromACrossedOne() {
        market.send(phase(Phase.CALL), buy("B1").at(10), sell("A1").at(9), phase(Phase.HALTED));

        assertThat(market.finish()).last().asString().contains(", in call").doesNotContain("crossed");
    }

    @Test
    void stopsAtAStepBackOfThePosition() {
        LiveBook book = new LiveBook(INSTRUMENT, MatchingSettings.DEFAULT);
        book.apply(clock(0), event -> {});

        assertThatThrownBy(() -> book.apply(clock(0), event -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ESH4: position 0 after 0; input of one instrument must be in order");
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        market.send(
                at(5, keyed("k", buy("B1").lots(9).display(2).at(10))),
                sell("A1").lots(3).at(10),
                sell("S1").stop(8).at(7),
                buy("B2").until(50).at(9));
        byte[] bytes = RestoredBook.bytes(market.book());
        LiveBook restored =
                RestoredBook.read(bytes, INSTRUMENT, new MatchingSettings(true, false, 0, true, false, false));

        assertThat(RestoredBook.bytes(restored)).isEqualTo(bytes);
        restored.addUsedIds(market.book().drainNewIds());
        restored.addUsedKeys(market.book().drainNewKeys());
        assertThat(restored.drainNewIds()).isEmpty();
        assertThat(new Market(restored).finish()).isEqualTo(market.finish());
    }

    @Test
    void givesOutEachUsedIdAndKeyOnce() {
        market.send(keyed("k", buy("B1").at(10)), buy("B2").at(10));

        assertThat(market.book().drainNewIds()).isNotEmpty();
        assertThat(market.book().drainNewKeys()).hasSize(40);
        market.send(buy("B3").at(10));
        assertThat(market.book().drainNewIds()).isNotEmpty();
        assertThat(market.book().drainNewKeys()).isEmpty();
        long day = market.book().idDay();
        market.send(phase(Phase.CLOSED));
        assertThat(market.book().idDay()).isEqualTo(day + 1);
        assertThat(market.book().drainNewIds()).isEmpty();
    }

    @Test
    void namesAVersionItCannotRead() {
        byte[] bytes = RestoredBook.bytes(market.book());
        bytes[0] = 99;

        assertThatThrownBy(() ->
                        RestoredBook.read(Arrays.copyOf(bytes, bytes.length), INSTRUMENT, MatchingSettings.DEFAULT))
                .hasMessageContaining("ESH4: book state has version 99, this program reads version 1");
    }
}
