package io.crossbook.testkit;

import static io.crossbook.model.Phase.*;
import static io.crossbook.model.Reason.*;
import static io.crossbook.testkit.InstrumentBuilder.instrument;
import static io.crossbook.testkit.Orders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.BookSnapshot;
import io.crossbook.model.MarketEvent.BookSummary;
import io.crossbook.model.MarketEvent.Duplicate;
import io.crossbook.model.MarketEvent.FillReceived;
import io.crossbook.model.MarketEvent.IntervalEnded;
import io.crossbook.model.MarketEvent.Refused;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Timestamps;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceJudgingTest {
    private static final long DAY = Timestamps.NANOS_PER_DAY;
    private final TestBook book = new TestBook();

    private List<Reason> refusals(MarketInput command) {
        return book.after(command).refusals();
    }

    @Test
    void anIdIsUsedUpForTheDayEvenByARefusedOrder() {
        assertThat(refusals(buy("B1").lots(0).at(10))).containsExactly(INVALID_QUANTITY);
        assertThat(book.events.of(Refused.class).get(0).orderRow()).isTrue();
        assertThat(refusals(buy("B1").lots(1).at(10))).containsExactly(DUPLICATE_ORDER_ID);
        assertThat(book.events.of(Refused.class).get(0).orderRow()).isFalse();
    }

    @Test
    void aLaterDateFreesTheIdsOfOrdersThatAreGone() {
        book.apply(
                buy("gone").lots(1).at(10), cancel("gone"), buy("live").lots(1).at(10));
        assertThat(refusals(at(DAY, buy("gone").lots(1).at(10)))).isEmpty();
        assertThat(refusals(at(DAY, buy("live").lots(1).at(10)))).containsExactly(DUPLICATE_ORDER_ID);
        book.apply(at(DAY, cancel("live")));
        assertThat(refusals(at(DAY, buy("live").lots(1).at(10)))).isEmpty();
    }

    @Test
    void aRecordDatedEarlierBelongsToTheDayThatRuns() {
        book.apply(at(DAY, buy("B1").lots(1).at(10)), at(DAY, cancel("B1")));
        assertThat(refusals(at(DAY - 1, buy("B1").lots(1).at(10)))).containsExactly(DUPLICATE_ORDER_ID);
        assertThat(refusals(at(DAY, buy("B1").lots(1).at(10)))).containsExactly(DUPLICATE_ORDER_ID);
    }

    @Test
    void closedEndsTheDayAndItsOrders() {
        book.apply(
                buy("D1").lots(1).in(TimeInForce.DAY).at(10),
                buy("G1").lots(1).at(10),
                buy("D2").lots(1).in(TimeInForce.DAY).stop(99).at(99));
        assertThat(book.after(phase(CLOSED)).executions())
                .containsExactly("EXPIRED D1 EXPIRED leaves 0", "EXPIRED D2 EXPIRED leaves 0");
        assertThat(refusals(buy("D1").lots(1).at(10))).containsExactly(MARKET_CLOSED);
        book.apply(phase(CLOSED), phase(CONTINUOUS));
        assertThat(refusals(buy("D1").lots(1).at(10))).isEmpty();
    }

    @Test
    void aDatedOrderExpiresBeforeTheRecordThatHasReachedItsTime() {
        book.apply(
                at(5, buy("B1").lots(1).until(10).at(10)),
                at(6, buy("B2").lots(1).until(9).at(10)));
        assertThat(book.after(at(10, sell("A1").lots(1).at(10))).executions())
                .containsExactly("EXPIRED B1 EXPIRED leaves 0", "EXPIRED B2 EXPIRED leaves 0", "NEW A1 OPEN leaves 1");
        assertThat(refusals(at(11, buy("B3").lots(1).until(11).at(10)))).containsExactly(EXPIRY_IN_PAST);
    }

    @Test
    void aDuplicateDoesNothingButItsTimePasses() {
        book.apply(keyed("K", at(1, buy("B1").lots(1).until(10).at(10))));
        EventLog after =
                book.after(keyed("K", at(10, buy("B1").lots(1).until(10).at(10))));
        assertThat(after.executions()).containsExactly("EXPIRED B1 EXPIRED leaves 0");
        assertThat(after.of(Duplicate.class).get(0).duplicateOf()).isEqualTo(1);
    }

    @Test
    void contentIsComparedAsNumbersWithoutTheTime() {
        book.apply(keyed("K", buy("B1").lots("1.0").at("10.00")));
        assertThat(book.after(keyed("K", at(7, buy("B1").lots(1).at(10)))).of(Duplicate.class))
                .hasSize(1);
        assertThat(refusals(keyed("K", buy("B2").lots(1).at(10)))).containsExactly(IDEMPOTENCY_KEY_REUSED);
        assertThat(book.events.of(Refused.class).get(0).orderRow()).isTrue();
        assertThat(refusals(buy("B2").lots(1).at(10))).containsExactly(DUPLICATE_ORDER_ID);
        assertThat(refusals(keyed("K", buy("B9").of("bob").lots(1).at(10)))).isEmpty();
    }

    @Test
    void theKeyOfARefusedCommandIsRememberedToo() {
        book.apply(keyed("K", cancel("nobody")));
        assertThat(book.after(keyed("K", cancel("nobody"))).of(Duplicate.class)).hasSize(1);
    }

    @Test
    void externalFillsPassOnceTheirKeyIsJudged() {
        MarketInput fill = keyed("K", fill("T1", "ann", Side.BUY, "-1", "2"));
        assertThat(book.after(fill).of(FillReceived.class)).hasSize(1);
        assertThat(book.after(fill).of(Duplicate.class)).hasSize(1);
        BookSummary summary = book.finish().of(BookSummary.class).get(0);
        assertThat(List.of(summary.acceptedRows(), summary.rejectedRows(), summary.duplicateRows()))
                .containsExactly(0L, 0L, 1L);
    }

    @Test
    void senselessCombinationsAreRefused() {
        assertThat(refusals(buy("1").lots(5).display(6).at(10))).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("2").lots(5).display(2).in(TimeInForce.IOC).at(10)))
                .containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("3").lots(5).postOnly().in(TimeInForce.FOK).at(10)))
                .containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("4").lots(5).in(TimeInForce.GTD).at(10))).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("5").lots(5).expireAt(99).at(10))).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("6").lots(5).until(99).atMarket())).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("7").lots(5).build(OrderType.MARKET, Decimal.of(10))))
                .containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("8").lots(5).build(OrderType.STOP, null))).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(buy("9").lots(5).stop(9).build(OrderType.LIMIT, Decimal.of(10))))
                .containsExactly(INVALID_COMBINATION);
    }

    @Test
    void phaseComesBeforeCombinationsAndSignBeforeTick() {
        TestBook finer = new TestBook(instrument(SYMBOL).tick("0.5").build());
        assertThat(finer.after(buy("1").lots(-1).at("0.3")).refusals()).containsExactly(INVALID_QUANTITY);
        assertThat(finer.after(buy("2").lots("1.5").at("0.3")).refusals()).containsExactly(OFF_TICK);
        assertThat(finer.after(buy("3").lots("1.5").stop("-0.3").at("1")).refusals())
                .containsExactly(INVALID_PRICE);
        finer.apply(phase(HALTED));
        assertThat(finer.after(buy("4").lots(5).display(6).at(10)).refusals()).containsExactly(MARKET_HALTED);
    }

    @Test
    void whatDoesNotFit62BitsIsOutOfRange() {
        assertThat(refusals(buy("1").lots(1L << 62).at(1))).containsExactly(OUT_OF_RANGE);
        assertThat(refusals(buy("2").lots(1).at(1L << 62))).containsExactly(OUT_OF_RANGE);
        assertThat(refusals(buy("3").lots((1L << 62) - 1).at(1))).isEmpty();
        assertThat(refusals(buy("4").lots((1L << 62) - 1).at(1))).isEmpty();
        assertThat(refusals(buy("5").lots(2).at(1))).containsExactly(OUT_OF_RANGE);
        assertThat(refusals(buy("6").lots(1).at(1))).isEmpty();
    }

    @Test
    void limitsBindOnBothEdgesInclusive() {
        TestBook limited = new TestBook(
                instrument(SYMBOL).prices("5", "9").quantities("2", "4").build());
        limited.apply(
                buy("1").lots(2).at(5),
                buy("2").lots(4).at(9),
                buy("3").lots(4).at(10),
                buy("4").lots(5).at(9),
                buy("5").lots(1).at(4),
                buy("6").lots(2).stop(99).at(9));
        assertThat(limited.events.refusals())
                .containsExactly(PRICE_OUTSIDE_LIMITS, QUANTITY_OUTSIDE_LIMITS, PRICE_OUTSIDE_LIMITS);
    }

    @Test
    void theBandIsExactAndInclusive() {
        TestBook banded = new TestBook(
                instrument(SYMBOL).tick("0.01").bandBps("100").reference("10").build());
        banded.apply(
                buy("1").lots(1).at("10.10"),
                buy("2").lots(1).at("10.11"),
                buy("3").lots(1).at("9.90"),
                buy("4").lots(1).at("9.89"),
                buy("5").lots(1).stop("20").at("10"));
        assertThat(banded.events.refusals()).containsExactly(PRICE_OUTSIDE_BAND, PRICE_OUTSIDE_BAND);
        banded.events.clear();
        banded.apply(sell("6").lots(1).at("10.10"), buy("7").lots(1).at("10.20"));
        assertThat(banded.events.refusals()).isEmpty();
    }

    @Test
    void cancelAndReplaceNeedALiveOrderOfThatClient() {
        book.apply(buy("B1").of("ann").lots(1).at(10));
        assertThat(refusals(cancel("B2"))).containsExactly(UNKNOWN_ORDER);
        assertThat(refusals(cancel("B1", "bob"))).containsExactly(NOT_OWNER);
        assertThat(refusals(replace("B1").by("bob").lots(2).build())).containsExactly(NOT_OWNER);
        assertThat(refusals(replace("B1").build())).containsExactly(NOTHING_TO_REPLACE);
        book.apply(phase(HALTED));
        assertThat(refusals(replace("B1").lots(2).build())).containsExactly(MARKET_HALTED);
        assertThat(refusals(cancel("B1", "ann"))).isEmpty();
    }

    @Test
    void aReplaceMustFitTheOrderAsItIsNow() {
        book.apply(buy("B1").lots(5).at(10), buy("S1").lots(5).stop(20).atMarket());
        assertThat(refusals(replace("B1").stop(9).build())).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(replace("S1").price(9).build())).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(replace("S1").display(1).build())).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(replace("B1").display(6).build())).containsExactly(INVALID_COMBINATION);
        assertThat(refusals(replace("B1").display(6).lots(6).build())).isEmpty();
        assertThat(refusals(replace("B1").lots(3).build())).isEmpty();
    }

    @Test
    void aValueThatStaysIsNotJudgedAgain() {
        TestBook banded =
                new TestBook(instrument(SYMBOL).bandBps("1000").reference("10").build());
        banded.apply(
                buy("B1").lots(5).at(9),
                sell("A1").lots(1).at(11),
                buy("B2").lots(1).at(11));
        assertThat(banded.after(replace("B1").price(9).lots(4).build()).refusals())
                .isEmpty();
        assertThat(banded.after(replace("B1").price(8).build()).refusals()).containsExactly(PRICE_OUTSIDE_BAND);
    }

    @Test
    void aMarkHasAnySignAndUpTo18Places() {
        assertThat(book.after(mark("-3.000000000000000001")).of(MarketEvent.Marked.class))
                .hasSize(1);
        assertThat(refusals(mark("0.0000000000000000001"))).containsExactly(OUT_OF_RANGE);
    }

    @Test
    void anIntervalEndsOnceBeforeTheFirstRecordBehindIt() {
        TestBook timed = new TestBook(instrument(SYMBOL).build(), 10);
        timed.apply(at(3, buy("B1").lots(1).at(10)), at(9, clock(9)));
        assertThat(timed.events.of(IntervalEnded.class)).isEmpty();
        EventLog after = timed.after(clock(47));
        assertThat(after.all())
                .containsExactly(
                        new IntervalEnded(SYMBOL, 2, 10),
                        new BookSnapshot(
                                SYMBOL, 2, 10, List.of(new MarketEvent.BookLevel(Side.BUY, 10, 1, 0, 1)), false));
        assertThat(timed.after(clock(5)).all()).isEmpty();
        assertThat(timed.after(clock(49)).all()).isEmpty();
        assertThat(timed.after(clock(50)).of(IntervalEnded.class)).containsExactly(new IntervalEnded(SYMBOL, 5, 50));
    }

    @Test
    void aRefusedCommandShowsWhatItCameWith() {
        book.apply(replace("nobody").by("ann").price(7).build());
        assertThat(book.events.executions()).containsExactly("REJECTED nobody UNKNOWN_ORDER");
        assertThat(book.after(buy("B1").lots(0).at(7)).executions())
                .containsExactly("REJECTED B1 REJECTED leaves 0 INVALID_QUANTITY");
    }

    @Test
    void theSummaryCountsRows() {
        book.apply(
                buy("B1").lots(2).at(10), cancel("nobody"), sell("A1").lots(2).at(10), mark("10"));
        BookSummary summary = book.finish().of(BookSummary.class).get(0);
        assertThat(summary.acceptedRows()).isEqualTo(3);
        assertThat(summary.rejectedRows()).isEqualTo(1);
        assertThat(summary.tradeCount()).isEqualTo(1);
        assertThat(summary.volume()).isEqualTo(Decimal.of(2));
        assertThat(summary.lastPrice()).isEqualTo(Decimal.of(10));
    }
}
