package io.crossbook.testkit;

import static io.crossbook.model.Phase.*;
import static io.crossbook.testkit.EventLog.TradeFigure.trade;
import static io.crossbook.testkit.InstrumentBuilder.instrument;
import static io.crossbook.testkit.Orders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketEvent;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Trade;
import org.junit.jupiter.api.Test;

class ReferenceStopsAndAuctionsTest {
    private final TestBook book = new TestBook();

    private void tradeAt(long price) {
        book.apply(
                sell("t" + price + "s").lots(1).at(price),
                buy("t" + price + "b").lots(1).at(price));
        book.events.clear();
    }

    @Test
    void aStopAlreadyThroughRunsAtOnce() {
        tradeAt(10);
        book.apply(sell("A1").lots(5).at(12));
        assertThat(book.after(buy("S1").lots(2).stop(10).atMarket()).executions())
                .containsExactly(
                        "NEW S1 OPEN leaves 2",
                        "TRIGGERED S1 OPEN leaves 2",
                        "TRADE A1 PARTIALLY_FILLED leaves 3",
                        "TRADE S1 FILLED leaves 0");
        assertThat(book.events.state("S1").type()).isEqualTo(OrderType.STOP);
    }

    @Test
    void theReferencePriceStandsForTheLastTrade() {
        TestBook referenced = new TestBook(instrument(SYMBOL).reference("10").build());
        assertThat(referenced.after(buy("S1").lots(2).stop(10).at(11)).executions())
                .containsExactly("NEW S1 OPEN leaves 2", "TRIGGERED S1 OPEN leaves 2");
        assertThat(referenced.bids()).containsExactly("11: 2 + 0 (1)");
    }

    @Test
    void theAggressorEndsBeforeTheStopsItSetOffRun() {
        tradeAt(10);
        book.apply(
                buy("S1").lots(1).stop(11).at(20),
                sell("A1").lots(1).at(11),
                sell("A2").lots(1).at(12),
                sell("A3").lots(1).at(13));
        assertThat(book.after(buy("B1").lots(5).in(TimeInForce.IOC).at(12)).executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 5",
                        "TRADE A1 FILLED leaves 0",
                        "TRADE B1 PARTIALLY_FILLED leaves 4",
                        "TRADE A2 FILLED leaves 0",
                        "TRADE B1 PARTIALLY_FILLED leaves 3",
                        "CANCELED B1 CANCELLED leaves 0 IMMEDIATE_REMAINDER",
                        "TRIGGERED S1 OPEN leaves 1",
                        "TRADE A3 FILLED leaves 0",
                        "TRADE S1 FILLED leaves 0");
    }

    @Test
    void triggeredSellsRunBeforeBuysByStopPriceThenTime() {
        tradeAt(10);
        book.apply(
                buy("b12").lots(1).stop(12).at(1),
                buy("b11").lots(1).stop(11).at(1),
                buy("b11too").lots(1).stop(11).at(1),
                sell("s8").lots(1).stop(8).at(90),
                sell("s9").lots(1).stop(9).at(90),
                buy("far").lots(1).at(8),
                sell("dear").lots(1).at(12));
        // one aggressor cannot trade at 8 and at 12, so a phase change collects them: all wait in CALL
        book.apply(phase(HALTED), phase(CALL), cancel("far"), cancel("dear"));
        book.apply(sell("u1").lots(1).at(12), buy("u2").lots(1).at(12));
        book.apply(sell("v9").lots(1).stop(13).at(90));
        assertThat(book.after(phase(CONTINUOUS)).executions().stream()
                        .filter(execution -> execution.startsWith("TRIGGERED")))
                .containsExactly(
                        "TRIGGERED v9 OPEN leaves 1",
                        "TRIGGERED b11 OPEN leaves 1",
                        "TRIGGERED b11too OPEN leaves 1",
                        "TRIGGERED b12 OPEN leaves 1");
    }

    @Test
    void whatARunningStopSetsOffComesBehindThoseAlreadyTriggered() {
        tradeAt(10);
        book.apply(
                sell("s9").lots(2).stop(9).atMarket(),
                sell("s8").lots(1).stop(8).atMarket(),
                sell("s9late").lots(1).stop(9).atMarket(),
                buy("B9").lots(1).at(9),
                buy("B8").lots(2).at(8),
                buy("B7").lots(9).at(7));
        book.apply(sell("A1").lots(1).at(9));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("B9", "A1").lots(1).at(9),
                        trade("B8", "s9").lots(2).at(8),
                        trade("B7", "s9late").lots(1).at(7),
                        trade("B7", "s8").lots(1).at(7));
    }

    @Test
    void aTriggeredPostOnlyStopLimitThatWouldTradeIsCancelled() {
        tradeAt(10);
        book.apply(sell("A1").lots(5).at(12));
        assertThat(book.after(buy("S1").lots(2).stop(9).postOnly().at(12)).executions())
                .containsExactly(
                        "NEW S1 OPEN leaves 2",
                        "TRIGGERED S1 OPEN leaves 2",
                        "CANCELED S1 CANCELLED leaves 0 POST_ONLY_WOULD_TRADE");
    }

    @Test
    void aReplacedStopIsJudgedAtOnceAndKeepsItsTimeOfEntry() {
        tradeAt(10);
        book.apply(
                buy("S1").lots(1).stop(12).atMarket(),
                buy("S2").lots(1).stop(12).atMarket());
        book.apply(
                replace("S1").lots(2).build(),
                sell("A1").lots(1).at(12),
                sell("A2").lots(9).at(13));
        assertThat(book.after(buy("B1").lots(1).at(12)).trades())
                .containsExactly(
                        trade("A1", "B1").lots(1).at(12),
                        trade("A2", "S1").lots(2).at(13),
                        trade("A2", "S2").lots(1).at(13));
        book.apply(buy("S3").lots(1).stop(20).atMarket());
        assertThat(book.after(replace("S3").stop(13).build()).executions())
                .startsWith("REPLACED S3 OPEN leaves 1", "TRIGGERED S3 OPEN leaves 1");
    }

    @Test
    void stopsEnteredInCallTriggerWhenTradingGoesOnEvenAfterAHalt() {
        tradeAt(10);
        book.apply(phase(CALL), buy("S1").lots(1).stop(9).at(9), phase(HALTED));
        assertThat(book.after(phase(CONTINUOUS)).executions()).containsExactly("TRIGGERED S1 OPEN leaves 1");
    }

    @Test
    void aStopWithImmediateForceWaitsInCall() {
        book.apply(phase(CALL), buy("S1").lots(1).stop(9).in(TimeInForce.IOC).at(9));
        assertThat(book.events.refusals()).isEmpty();
        assertThat(book.finish().state("S1").status()).isEqualTo(OrdStatus.OPEN);
    }

    @Test
    void anAuctionTradesAtOnePriceBuyFirstWithoutAnAggressor() {
        book.apply(
                phase(CALL),
                buy("B1").lots(5).at(12),
                sell("A1").lots(3).at(10),
                sell("A2").lots(4).at(11));
        assertThat(book.after(phase(CONTINUOUS)).executions())
                .containsExactly(
                        "TRADE B1 PARTIALLY_FILLED leaves 2",
                        "TRADE A1 FILLED leaves 0",
                        "TRADE B1 FILLED leaves 0",
                        "TRADE A2 PARTIALLY_FILLED leaves 2");
        assertThat(book.events.of(Trade.class))
                .allSatisfy(trade -> assertThat(trade.aggressorSide()).isNull())
                .extracting(Trade::price)
                .containsExactly(11L, 11L);
    }

    @Test
    void moreVolumeBeatsAllElse() {
        book.apply(
                phase(CALL),
                buy("B1").lots(5).at(12),
                buy("B2").lots(5).at(10),
                sell("A1").lots(9).at(9),
                phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("B1", "A1").lots(5).at(10),
                        trade("B2", "A1").lots(4).at(10));
    }

    @Test
    void withoutALastPriceATieGoesToTheHighestPrice() {
        book.apply(phase(CALL), buy("B1").lots(5).at(12), sell("A1").lots(5).at(9), phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(trade("B1", "A1").lots(5).at(12));
    }

    @Test
    void aTieGoesToThePriceNearestTheLastTrade() {
        tradeAt(10);
        book.apply(phase(CALL), buy("B1").lots(5).at(12), sell("A1").lots(5).at(9), phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(trade("B1", "A1").lots(5).at(9));
    }

    @Test
    void anIcebergTakesPartWithAllItHasAtItsTimeOfEntry() {
        book.apply(
                sell("I1").lots(9).display(2).at(10),
                sell("A1").lots(5).at(10),
                buy("B0").lots(2).at(10));
        book.events.clear();
        book.apply(phase(CALL), buy("B1").lots(8).at(10), phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("B1", "I1").lots(7).at(10),
                        trade("B1", "A1").lots(1).at(10));
    }

    @Test
    void afterAnAuctionIcebergsShowAFullPeak() {
        book.apply(
                phase(CALL),
                sell("I1").lots(9).display(4).at(10),
                buy("B1").lots(3).at(10),
                phase(CONTINUOUS));
        assertThat(book.asks()).containsExactly("10: 4 + 2 (1)");
    }

    @Test
    void onlyTheEndOfACallInContinuousUncrosses() {
        book.apply(phase(CALL), buy("B1").lots(5).at(12), sell("A1").lots(5).at(9), phase(HALTED), phase(CONTINUOUS));
        assertThat(book.events.trades()).isEmpty();
        assertThat(book.after(sell("A2").lots(1).at(12)).trades())
                .containsExactly(trade("B1", "A2").lots(1).at(12));
        assertThat(book.finish().of(MarketEvent.BookSummary.class).get(0).leftInCall())
                .isTrue();
    }

    @Test
    void selfTradesAreAllowedInAnAuction() {
        book.apply(
                phase(CALL),
                buy("B1").lots(5).at(12),
                sell("A1")
                        .lots(5)
                        .preventing(io.crossbook.model.SelfTradePrevention.CANCEL_BOTH)
                        .at(12),
                phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(trade("B1", "A1").lots(5).at(12));
    }

    @Test
    void theAuctionPriceSetsStopsOff() {
        book.apply(
                phase(CALL),
                buy("S1").lots(1).stop(11).atMarket(),
                buy("B1").lots(5).at(12),
                sell("A1").lots(6).at(12),
                phase(CONTINUOUS));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("B1", "A1").lots(5).at(12),
                        trade("A1", "S1").lots(1).at(12));
    }

    @Test
    void aCallCollectsNoOrderThatWantsToTradeNow() {
        book.apply(
                phase(CALL),
                buy("B1").lots(1).atMarket(),
                buy("B2").lots(1).in(TimeInForce.IOC).at(10),
                buy("B3").lots(1).in(TimeInForce.FOK).at(10),
                buy("B4").lots(1).postOnly().at(10));
        assertThat(book.events.refusals()).hasSize(4).containsOnly(Reason.NOT_ALLOWED_IN_CALL);
    }
}
