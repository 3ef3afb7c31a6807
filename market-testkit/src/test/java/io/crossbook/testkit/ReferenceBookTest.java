package io.crossbook.testkit;

import static io.crossbook.model.SelfTradePrevention.*;
import static io.crossbook.model.TimeInForce.FOK;
import static io.crossbook.model.TimeInForce.IOC;
import static io.crossbook.testkit.EventLog.TradeFigure.trade;
import static io.crossbook.testkit.Orders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.OrdStatus;
import io.crossbook.model.Reason;
import org.junit.jupiter.api.Test;

class ReferenceBookTest {
    private final TestBook book = new TestBook();

    @Test
    void fillsTheOldestOrderFirstAtOnePrice() {
        book.apply(
                sell("A1").lots(50).at(405),
                sell("A2").lots(50).at(405),
                buy("B1").lots(70).at(405));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("A1", "B1").lots(50).at(405),
                        trade("A2", "B1").lots(20).at(405));
    }

    @Test
    void aTradeHasTwoExecutionsTheMakersFirst() {
        book.apply(sell("A1").lots(5).at(10));
        assertThat(book.after(buy("B1").lots(7).at(10)).executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 7", "TRADE A1 FILLED leaves 0", "TRADE B1 PARTIALLY_FILLED leaves 2");
    }

    @Test
    void whatAMarketOrderDoesNotGetIsCancelled() {
        assertThat(book.after(buy("B1").lots(7).atMarket()).executions())
                .containsExactly("NEW B1 OPEN leaves 7", "CANCELED B1 CANCELLED leaves 0 IMMEDIATE_REMAINDER");
    }

    @Test
    void whatAnImmediateOrderDoesNotGetIsCancelled() {
        book.apply(sell("A1").lots(5).at(10), buy("B1").lots(7).in(IOC).at(10));
        assertThat(book.events.state("B1").reason()).isEqualTo(Reason.IMMEDIATE_REMAINDER);
        assertThat(book.events.state("B1").filledQuantity()).isEqualTo(5);
        assertThat(book.bids()).isEmpty();
    }

    @Test
    void anAveragePriceIsWhatWasPaidOverWhatWasGot() {
        book.apply(
                sell("A1").lots(1).at(10),
                sell("A2").lots(2).at(11),
                buy("B1").lots(3).at(11));
        assertThat(book.events.state("B1").notionalLow()).isEqualTo(32);
        assertThat(book.events.of(io.crossbook.model.MarketEvent.Execution.class))
                .last()
                .extracting(execution -> String.valueOf(execution.averagePrice()))
                .isEqualTo("10.666666666667");
    }

    @Test
    void fillOrKillCountsHiddenQuantity() {
        book.apply(
                sell("A1").lots(10).display(2).at(10),
                buy("B1").lots(10).in(FOK).at(10));
        assertThat(book.events.state("B1").status()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void fillOrKillThatPreventsSelfTradesCountsOnlyWhatIsDisplayedAheadOfItsOwnOrder() {
        book.apply(
                sell("A1").of("x").lots(10).display(2).at(10),
                sell("own").of("me").lots(1).at(10),
                buy("B1").of("me").lots(3).in(FOK).preventing(CANCEL_NEWEST).at(10),
                buy("B2").of("me").lots(2).in(FOK).preventing(CANCEL_NEWEST).at(10));
        assertThat(book.events.state("B1").reason()).isEqualTo(Reason.NOT_FILLABLE);
        assertThat(book.events.state("B2").status()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void fillOrKillCountsBetterLevelsWholeUpToItsOwnOrder() {
        book.apply(
                sell("A1").of("x").lots(10).display(2).at(9),
                sell("own").of("me").lots(1).at(10),
                buy("B1").of("me").lots(10).in(FOK).preventing(DECREMENT).at(10));
        assertThat(book.events.state("B1").status()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void fillOrKillThatCancelsOldOrdersCountsAllButItsOwn() {
        book.apply(
                sell("own").of("me").lots(5).at(10),
                sell("A1").of("x").lots(5).at(10),
                buy("B1").of("me").lots(6).in(FOK).preventing(CANCEL_OLDEST).at(10),
                buy("B2").of("me").lots(5).in(FOK).preventing(CANCEL_OLDEST).at(10));
        assertThat(book.events.state("B1").reason()).isEqualTo(Reason.NOT_FILLABLE);
        assertThat(book.events.state("B2").status()).isEqualTo(OrdStatus.FILLED);
        assertThat(book.events.state("own").reason()).isEqualTo(Reason.SELF_TRADE_PREVENTION);
    }

    @Test
    void decrementTakesFromBothWithoutATrade() {
        book.apply(sell("own").of("me").lots(10).at(10));
        assertThat(book.after(buy("B1").of("me").lots(4).preventing(DECREMENT).at(10))
                        .executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 4",
                        "REPLACED own OPEN leaves 6",
                        "CANCELED B1 CANCELLED leaves 0 SELF_TRADE_PREVENTION");
        assertThat(book.events.state("B1").quantity()).isEqualTo(4);
        assertThat(book.finish().state("own").quantity()).isEqualTo(6);
    }

    @Test
    void decrementTakesHiddenQuantityFirst() {
        book.apply(
                sell("own").of("me").lots(10).display(3).at(10),
                buy("B1").of("me").lots(6).preventing(DECREMENT).at(10));
        assertThat(book.asks()).containsExactly("10: 3 + 1 (1)");
    }

    @Test
    void decrementOfEqualsEndsBothTheRestingOneFirst() {
        book.apply(sell("own").of("me").lots(4).at(10));
        assertThat(book.after(buy("B1").of("me").lots(4).preventing(DECREMENT).at(10))
                        .executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 4",
                        "CANCELED own CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "CANCELED B1 CANCELLED leaves 0 SELF_TRADE_PREVENTION");
    }

    @Test
    void decrementLetsTheLargerIncomingOrderGoOn() {
        book.apply(
                sell("own").of("me").lots(4).at(10), sell("A1").of("x").lots(9).at(11));
        assertThat(book.after(buy("B1").of("me").lots(10).preventing(DECREMENT).at(11))
                        .executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 10",
                        "CANCELED own CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "REPLACED B1 OPEN leaves 6",
                        "TRADE A1 PARTIALLY_FILLED leaves 3",
                        "TRADE B1 FILLED leaves 0");
    }

    @Test
    void cancelBothEndsTheRestingOrderFirst() {
        book.apply(sell("own").of("me").lots(4).at(10));
        assertThat(book.after(buy("B1").of("me").lots(9).preventing(CANCEL_BOTH).at(10))
                        .executions())
                .containsExactly(
                        "NEW B1 OPEN leaves 9",
                        "CANCELED own CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "CANCELED B1 CANCELLED leaves 0 SELF_TRADE_PREVENTION");
    }

    @Test
    void aPeakIsRefilledAtTheBackOneTradeForEach() {
        book.apply(
                sell("I1").lots(9).display(3).at(10),
                sell("A1").lots(2).at(10),
                buy("B1").lots(10).at(10));
        assertThat(book.events.trades())
                .containsExactly(
                        trade("I1", "B1").lots(3).at(10),
                        trade("A1", "B1").lots(2).at(10),
                        trade("I1", "B1").lots(3).at(10),
                        trade("I1", "B1").lots(2).at(10));
        assertThat(book.asks()).containsExactly("10: 1 + 0 (1)");
    }

    @Test
    void anIcebergAggressesWholeAndThenShowsAFullPeak() {
        book.apply(sell("A1").lots(4).at(10), buy("I1").lots(10).display(3).at(10));
        assertThat(book.events.trades())
                .containsExactly(trade("A1", "I1").lots(4).at(10));
        assertThat(book.bids()).containsExactly("10: 3 + 3 (1)");
    }

    @Test
    void aReplaceToLessKeepsThePlaceAndTakesHiddenQuantityFirst() {
        book.apply(
                sell("I1").lots(20).display(5).at(10),
                sell("A1").lots(5).at(10),
                buy("B1").lots(1).at(10),
                replace("I1").lots(7).build());
        assertThat(book.asks()).containsExactly("10: 9 + 2 (2)");
        assertThat(book.after(buy("B2").lots(4).at(10)).trades())
                .containsExactly(trade("I1", "B2").lots(4).at(10));
    }

    @Test
    void aNewDisplayQuantityKeepsThePlaceAndShowsAtOnce() {
        book.apply(
                sell("I1").lots(20).display(5).at(10),
                sell("A1").lots(5).at(10),
                buy("B1").lots(1).at(10),
                replace("I1").display(8).build());
        assertThat(book.asks()).containsExactly("10: 13 + 11 (2)");
        assertThat(book.after(buy("B2").lots(8).at(10)).trades())
                .containsExactly(trade("I1", "B2").lots(8).at(10));
    }

    @Test
    void aReplaceToMoreOrToAnotherPriceGoesToTheBack() {
        book.apply(
                sell("A1").lots(5).at(10),
                sell("A2").lots(5).at(10),
                replace("A1").lots(6).build(),
                buy("B1").lots(5).at(10));
        assertThat(book.events.trades())
                .containsExactly(trade("A2", "B1").lots(5).at(10));
    }

    @Test
    void theSameValuesAgainKeepThePlace() {
        book.apply(sell("A1").lots(5).at(10), sell("A2").lots(5).at(10));
        assertThat(book.after(replace("A1").lots(5).price(10).build()).executions())
                .containsExactly("REPLACED A1 OPEN leaves 5");
        assertThat(book.after(buy("B1").lots(1).at(10)).trades())
                .containsExactly(trade("A1", "B1").lots(1).at(10));
    }

    @Test
    void aReplacedOrderTradesAsAnAggressor() {
        book.apply(sell("A1").lots(5).at(12), buy("B1").lots(8).at(10));
        assertThat(book.after(replace("B1").price(12).build()).executions())
                .containsExactly(
                        "REPLACED B1 OPEN leaves 8", "TRADE A1 FILLED leaves 0", "TRADE B1 PARTIALLY_FILLED leaves 3");
    }

    @Test
    void aReplaceToWhatIsFilledCancelsAndKeepsTheOldTotal() {
        book.apply(sell("A1").lots(5).at(10), buy("B1").lots(2).at(10));
        assertThat(book.after(replace("A1").lots(2).price(99).build()).executions())
                .containsExactly("CANCELED A1 CANCELLED leaves 0 REPLACED_TO_FILLED");
        assertThat(book.events.state("A1").quantity()).isEqualTo(5);
        assertThat(book.events.state("A1").price()).isEqualTo(10);
    }

    @Test
    void aPostOnlyReplaceThatWouldTradeLeavesTheOldOrder() {
        book.apply(sell("A1").lots(5).at(12), buy("B1").lots(8).postOnly().at(10));
        assertThat(book.after(replace("B1").price(12).build()).refusals())
                .containsExactly(Reason.POST_ONLY_WOULD_TRADE);
        assertThat(book.bids()).containsExactly("10: 8 + 0 (1)");
    }

    @Test
    void postOnlyLooksAtOwnOrdersToo() {
        book.apply(sell("A1").of("me").lots(5).at(12));
        assertThat(book.after(buy("B1")
                                .of("me")
                                .lots(1)
                                .postOnly()
                                .preventing(CANCEL_OLDEST)
                                .at(12))
                        .refusals())
                .containsExactly(Reason.POST_ONLY_WOULD_TRADE);
    }

    @Test
    void cancelAllTakesStopsTooInTheOrderTheyCame() {
        book.apply(
                sell("A1").of("me").lots(5).at(12),
                buy("S1").of("me").lots(1).stop(20).atMarket(),
                sell("A2").of("you").lots(5).at(11),
                sell("A3").of("me").lots(5).at(11));
        assertThat(book.after(cancelAll("me")).executions())
                .containsExactly(
                        "CANCELED A1 CANCELLED leaves 0",
                        "CANCELED S1 CANCELLED leaves 0",
                        "CANCELED A3 CANCELLED leaves 0");
        assertThat(book.after(cancelAll("nobody")).all()).isEmpty();
    }

    @Test
    void aDeltaNamesTheLevelsThatDifferBidsFromTheBestThenAsks() {
        book.apply(sell("A1").lots(5).at(10), sell("A2").lots(5).at(11));
        assertThat(book.after(buy("B1").lots(12).at(11))
                        .of(io.crossbook.model.MarketEvent.BookDelta.class)
                        .get(0)
                        .levels())
                .extracting(level -> level.side() + " " + level.price() + " " + level.quantity())
                .containsExactly("BUY 11 2", "SELL 10 0", "SELL 11 0");
    }

    @Test
    void atTheEndLiveOrdersFollowInTheOrderTheyCame() {
        book.apply(
                sell("A2").lots(5).at(10),
                buy("B1").lots(5).at(8),
                buy("B2").lots(2).at(10));
        assertThat(book.finish().states())
                .extracting(state -> state.orderId() + " " + state.status() + " " + state.leavesQuantity())
                .containsExactly("A2 PARTIALLY_FILLED 3", "B1 OPEN 5");
    }
}
