package io.crossbook.matching;

import static io.crossbook.testkit.Orders.buy;
import static io.crossbook.testkit.Orders.cancel;
import static io.crossbook.testkit.Orders.cancelAll;
import static io.crossbook.testkit.Orders.clock;
import static io.crossbook.testkit.Orders.phase;
import static io.crossbook.testkit.Orders.replace;
import static io.crossbook.testkit.Orders.sell;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketInput;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.TimeInForce;
import io.crossbook.testkit.InstrumentBuilder;
import io.crossbook.testkit.Orders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each matching rule by one example: commands in, the whole list of events of the last command out. */
class OrderBookTest {
    private final Market market = new Market();

    @Test
    void fillsTheOldestOrderFirstAtOnePrice() {
        market.send(sell("A1").lots(50).at(405), sell("A2").lots(50).at(405));

        assertThat(market.send(buy("B1").of("bob").lots(70).at(405)))
                .containsExactly(
                        "1 NEW B1 OPEN leaves 70",
                        "trade 1: B1 buys 50@405 of A1, aggressor BUY",
                        "2 TRADE A1 FILLED 50@405 leaves 0",
                        "3 TRADE B1 PARTIALLY_FILLED 50@405 leaves 20",
                        "order A1 FILLED 50/50 leaves 0",
                        "trade 2: B1 buys 20@405 of A2, aggressor BUY",
                        "4 TRADE A2 PARTIALLY_FILLED 20@405 leaves 30",
                        "5 TRADE B1 FILLED 20@405 leaves 0",
                        "order B1 FILLED 70/70 leaves 0");
    }

    @Test
    void takesTheBestPriceFirstAtTheRestingOrdersPrice() {
        market.send(
                buy("B1").lots(5).at(99),
                buy("B2").lots(5).at(101),
                buy("B3").lots(5).at(100));

        assertThat(trades(market.send(sell("S1").lots(12).at(100))))
                .containsExactly(
                        "trade 1: B2 buys 5@101 of S1, aggressor SELL", "trade 2: B3 buys 5@100 of S1, aggressor SELL");
        assertThat(market.finish()).contains("order S1 PARTIALLY_FILLED 10/12 leaves 2");
    }

    @Test
    void cancelsWhatAMarketOrderLeavesOnAnEmptyBook() {
        assertThat(market.send(buy("B1").lots(3).atMarket()))
                .containsExactly(
                        "1 NEW B1 OPEN leaves 3",
                        "2 CANCELED B1 CANCELLED leaves 0 IMMEDIATE_REMAINDER",
                        "order B1 CANCELLED 0/3 leaves 0 IMMEDIATE_REMAINDER");
    }

    @Test
    void killsAFillOrKillOrderThatCannotBeFilledWholeButCountsHiddenLots() {
        market.send(sell("A1").lots(10).display(2).at(100));

        assertThat(market.send(buy("B1").lots(11).in(TimeInForce.FOK).at(100)))
                .containsExactly(
                        "1 NEW B1 OPEN leaves 11",
                        "2 CANCELED B1 CANCELLED leaves 0 NOT_FILLABLE",
                        "order B1 CANCELLED 0/11 leaves 0 NOT_FILLABLE");
        assertThat(trades(market.send(buy("B2").lots(10).in(TimeInForce.FOK).at(100))))
                .hasSize(5);
    }

    @Test
    void countsForFillOrKillOnlyWhatLiesBeforeTheClientsOwnOrder() {
        market.send(
                sell("A1").of("bob").lots(4).at(100),
                sell("A2").lots(4).at(100),
                sell("A3").of("bob").lots(4).at(100));

        assertThat(market.send(buy("B1")
                        .lots(5)
                        .in(TimeInForce.FOK)
                        .preventing(SelfTradePrevention.CANCEL_NEWEST)
                        .at(100)))
                .contains("order B1 CANCELLED 0/5 leaves 0 NOT_FILLABLE");
        assertThat(market.send(buy("B2")
                        .lots(8)
                        .in(TimeInForce.FOK)
                        .preventing(SelfTradePrevention.CANCEL_OLDEST)
                        .at(100)))
                .contains("order A2 CANCELLED 0/4 leaves 0 SELF_TRADE_PREVENTION", "order B2 FILLED 8/8 leaves 0");
    }

    @Test
    void refusesAPostOnlyOrderThatWouldTrade() {
        market.send(sell("A1").lots(5).at(100));

        assertThat(market.send(buy("B1").postOnly().at(100)))
                .containsExactly(
                        "1 REJECTED B1 REJECTED leaves 0 POST_ONLY_WOULD_TRADE",
                        "refused POST_ONLY_WOULD_TRADE: order_id \"B1\" is post_only and would trade at once");
        assertThat(market.send(buy("B2").postOnly().at(99))).containsExactly("1 NEW B2 OPEN leaves 1");
        assertThat(market.send(replace("B2").price(100).build()))
                .containsExactly(
                        "1 REJECTED B2 POST_ONLY_WOULD_TRADE",
                        "refused POST_ONLY_WOULD_TRADE: order_id \"B2\" is post_only and would trade at once (no row)");
    }

    @Test
    void refillsAnIcebergAtTheBackOfItsLevel() {
        market.send(sell("A1").lots(10).display(4).at(100), sell("A2").lots(4).at(100));

        assertThat(trades(market.send(buy("B1").lots(11).at(100))))
                .containsExactly(
                        "trade 1: B1 buys 4@100 of A1, aggressor BUY",
                        "trade 2: B1 buys 4@100 of A2, aggressor BUY",
                        "trade 3: B1 buys 3@100 of A1, aggressor BUY");
        assertThat(market.finish()).contains("snapshot at 0 after 3 last [SELL 100: 1+2 (1)]");
    }

    @Test
    void replacesInPlaceDownwardsAndAtTheBackUpwards() {
        market.send(
                sell("A1").lots(5).at(100),
                sell("A2").lots(5).at(100),
                sell("A3").lots(5).at(100));

        assertThat(market.send(replace("A1").lots(4).build())).containsExactly("1 REPLACED A1 OPEN leaves 4");
        assertThat(market.send(replace("A2").lots(6).build())).containsExactly("1 REPLACED A2 OPEN leaves 6");
        assertThat(trades(market.send(buy("B1").lots(15).at(100))))
                .containsExactly(
                        "trade 1: B1 buys 4@100 of A1, aggressor BUY",
                        "trade 2: B1 buys 5@100 of A3, aggressor BUY",
                        "trade 3: B1 buys 6@100 of A2, aggressor BUY");
    }

    @Test
    void cancelsTheRestWhenReplacedToWhatIsFilled() {
        market.send(sell("A1").lots(5).at(100), buy("B1").lots(3).at(100));

        assertThat(market.send(replace("A1").lots(3).build()))
                .containsExactly(
                        "1 CANCELED A1 CANCELLED leaves 0 REPLACED_TO_FILLED",
                        "order A1 CANCELLED 3/5 leaves 0 REPLACED_TO_FILLED");
    }

    @Test
    void tradesAtOnceWhenReplacedThroughTheOtherSide() {
        market.send(sell("A1").lots(5).at(100), buy("B1").lots(3).at(99));

        assertThat(market.send(replace("B1").price(101).build()))
                .containsExactly(
                        "1 REPLACED B1 OPEN leaves 3",
                        "trade 1: B1 buys 3@100 of A1, aggressor BUY",
                        "2 TRADE A1 PARTIALLY_FILLED 3@100 leaves 2",
                        "3 TRADE B1 FILLED 3@100 leaves 0",
                        "order B1 FILLED 3/3 leaves 0");
    }

    @Test
    void refusesAReplaceThatNamesNothingAndAcceptsOneThatChangesNothing() {
        market.send(buy("B1").lots(3).at(99));

        assertThat(market.send(replace("B1").build()))
                .containsExactly(
                        "1 REJECTED B1 NOTHING_TO_REPLACE",
                        "refused NOTHING_TO_REPLACE: a REPLACE needs a price, quantity, stop_price or display_quantity,"
                                + " none was given (no row)");
        assertThat(market.send(replace("B1").price(99).lots(3).build())).containsExactly("1 REPLACED B1 OPEN leaves 3");
    }

    @Test
    void cancelsOnlyLiveOrdersOfTheOwner() {
        market.send(buy("B1").at(99));

        assertThat(market.send(cancel("B1", "bob")))
                .containsExactly(
                        "1 REJECTED B1 NOT_OWNER",
                        "refused NOT_OWNER: order_id \"B1\" on ESH4 belongs to another client than \"bob\" (no row)");
        assertThat(market.send(cancel("B1", Orders.CLIENT)))
                .containsExactly("1 CANCELED B1 CANCELLED leaves 0", "order B1 CANCELLED 0/1 leaves 0");
        assertThat(market.send(cancel("B1")))
                .containsExactly(
                        "1 REJECTED B1 UNKNOWN_ORDER",
                        "refused UNKNOWN_ORDER: order_id \"B1\" names no live order on ESH4 (no row)");
    }

    @Test
    void cancelsAllOrdersOfAClientInTheOrderTheyCame() {
        market.send(
                buy("B2").at(99),
                buy("B3").of("bob").at(99),
                sell("S1").stop(90).atMarket(),
                buy("B1").at(100),
                replace("B2").price(98).build());

        assertThat(market.send(cancelAll(Orders.CLIENT)))
                .containsExactly(
                        "1 CANCELED B2 CANCELLED leaves 0",
                        "order B2 CANCELLED 0/1 leaves 0",
                        "2 CANCELED S1 CANCELLED leaves 0",
                        "order S1 CANCELLED 0/1 leaves 0",
                        "3 CANCELED B1 CANCELLED leaves 0",
                        "order B1 CANCELLED 0/1 leaves 0");
        assertThat(market.send(cancelAll("nobody"))).isEmpty();
    }

    @Test
    void startsStopsAfterTheAggressorSellsFromTheHighest() {
        market.send(
                buy("B1").lots(1).at(100),
                buy("B2").lots(9).at(95),
                sell("S1").stop(100).atMarket(),
                sell("S2").stop(101).atMarket(),
                sell("S3").stop(99).atMarket());

        assertThat(market.send(sell("A1").lots(1).at(100)))
                .containsExactly(
                        "1 NEW A1 OPEN leaves 1",
                        "trade 1: B1 buys 1@100 of A1, aggressor SELL",
                        "2 TRADE B1 FILLED 1@100 leaves 0",
                        "3 TRADE A1 FILLED 1@100 leaves 0",
                        "order B1 FILLED 1/1 leaves 0",
                        "order A1 FILLED 1/1 leaves 0",
                        "4 TRIGGERED S2 OPEN leaves 1",
                        "trade 2: B2 buys 1@95 of S2, aggressor SELL",
                        "5 TRADE B2 PARTIALLY_FILLED 1@95 leaves 8",
                        "6 TRADE S2 FILLED 1@95 leaves 0",
                        "order S2 FILLED 1/1 leaves 0",
                        "7 TRIGGERED S1 OPEN leaves 1",
                        "trade 3: B2 buys 1@95 of S1, aggressor SELL",
                        "8 TRADE B2 PARTIALLY_FILLED 1@95 leaves 7",
                        "9 TRADE S1 FILLED 1@95 leaves 0",
                        "order S1 FILLED 1/1 leaves 0",
                        "10 TRIGGERED S3 OPEN leaves 1",
                        "trade 4: B2 buys 1@95 of S3, aggressor SELL",
                        "11 TRADE B2 PARTIALLY_FILLED 1@95 leaves 6",
                        "12 TRADE S3 FILLED 1@95 leaves 0",
                        "order S3 FILLED 1/1 leaves 0");
    }

    @Test
    void keepsTheTimeOfEntryOfAStopThatIsReplaced() {
        market.send(
                buy("B1").lots(1).at(100),
                buy("B2").lots(9).at(95),
                sell("S1").stop(98).atMarket(),
                sell("S2").stop(99).atMarket(),
                replace("S1").stop(99).build());

        assertThat(trades(market.send(sell("A1").lots(2).at(95))))
                .containsExactly(
                        "trade 1: B1 buys 1@100 of A1, aggressor SELL",
                        "trade 2: B2 buys 1@95 of A1, aggressor SELL",
                        "trade 3: B2 buys 1@95 of S1, aggressor SELL",
                        "trade 4: B2 buys 1@95 of S2, aggressor SELL");
    }

    @Test
    void startsAStopThatIsThroughOnEntryByTheReferencePrice() {
        Market referenced = new Market(
                InstrumentBuilder.instrument(Orders.SYMBOL).reference("100.5").build());

        assertThat(referenced.send(buy("B1").stop(100).at(103)))
                .containsExactly("1 NEW B1 OPEN leaves 1", "2 TRIGGERED B1 OPEN leaves 1");
        assertThat(referenced.send(buy("B2").stop(101).at(103))).containsExactly("1 NEW B2 OPEN leaves 1");
    }

    @Test
    void decrementsBothOrdersHiddenLotsFirst() {
        market.send(sell("A1").lots(10).display(4).at(100));

        assertThat(market.send(buy("B1")
                        .lots(7)
                        .preventing(SelfTradePrevention.DECREMENT)
                        .at(100)))
                .containsExactly(
                        "1 NEW B1 OPEN leaves 7",
                        "2 REPLACED A1 OPEN leaves 3",
                        "3 CANCELED B1 CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "order B1 CANCELLED 0/7 leaves 0 SELF_TRADE_PREVENTION");
        assertThat(market.finish()).contains("order A1 OPEN 0/3 leaves 3");
    }

    @Test
    void cancelsBothTheRestingOrderFirst() {
        market.send(sell("A1").lots(10).at(100));

        assertThat(market.send(buy("B1")
                        .lots(7)
                        .preventing(SelfTradePrevention.CANCEL_BOTH)
                        .at(100)))
                .containsExactly(
                        "1 NEW B1 OPEN leaves 7",
                        "2 CANCELED A1 CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "order A1 CANCELLED 0/10 leaves 0 SELF_TRADE_PREVENTION",
                        "3 CANCELED B1 CANCELLED leaves 0 SELF_TRADE_PREVENTION",
                        "order B1 CANCELLED 0/7 leaves 0 SELF_TRADE_PREVENTION");
    }

    @Test
    void expiresGoodTillDateOrdersBeforeTheRecordThatBringsTheTime() {
        market.send(
                buy("B1").until(200).at(99),
                buy("B2").until(100).at(98),
                buy("B3").until(201).at(97));

        assertThat(market.send(clock(99))).isEmpty();
        assertThat(market.send(Orders.at(200, sell("A1").at(97))))
                .containsExactly(
                        "1 EXPIRED B1 EXPIRED leaves 0",
                        "order B1 EXPIRED 0/1 leaves 0",
                        "2 EXPIRED B2 EXPIRED leaves 0",
                        "order B2 EXPIRED 0/1 leaves 0",
                        "3 NEW A1 OPEN leaves 1",
                        "trade 1: B3 buys 1@97 of A1, aggressor SELL",
                        "4 TRADE B3 FILLED 1@97 leaves 0",
                        "5 TRADE A1 FILLED 1@97 leaves 0",
                        "order B3 FILLED 1/1 leaves 0",
                        "order A1 FILLED 1/1 leaves 0");
    }

    @Test
    void expiresDayOrdersWhenTheMarketCloses() {
        market.send(buy("B1").in(TimeInForce.DAY).at(99), buy("B2").at(98));

        assertThat(market.send(phase(Phase.CLOSED)))
                .containsExactly(
                        "phase CLOSED after bid 99, ask null",
                        "1 EXPIRED B1 EXPIRED leaves 0",
                        "order B1 EXPIRED 0/1 leaves 0");
        assertThat(market.send(buy("B3").at(98)))
                .containsExactly(
                        "1 REJECTED B3 REJECTED leaves 0 MARKET_CLOSED",
                        "refused MARKET_CLOSED: ESH4 is closed; only cancels are accepted");
    }

    @Test
    void uncrossesAtOnePriceOfMostVolume() {
        market.send(
                phase(Phase.CALL),
                buy("B1").lots(10).at(102),
                buy("B2").lots(5).at(100),
                sell("A1").lots(8).display(2).at(99),
                sell("A2").lots(4).at(101));

        assertThat(market.send(phase(Phase.CONTINUOUS)))
                .containsExactly(
                        "phase CONTINUOUS after bid 102, ask 99",
                        "trade 1: B1 buys 8@101 of A1",
                        "1 TRADE B1 PARTIALLY_FILLED 8@101 leaves 2",
                        "2 TRADE A1 FILLED 8@101 leaves 0",
                        "order A1 FILLED 8/8 leaves 0",
                        "trade 2: B1 buys 2@101 of A2",
                        "3 TRADE B1 FILLED 2@101 leaves 0",
                        "4 TRADE A2 PARTIALLY_FILLED 2@101 leaves 2",
                        "order B1 FILLED 10/10 leaves 0");
        assertThat(market.finish()).contains("snapshot at 0 after 6 last [BUY 100: 5+0 (1), SELL 101: 2+0 (1)]");
    }

    @Test
    void collectsInACallOnlyWhatCanRest() {
        market.send(phase(Phase.CALL));

        for (var order : List.of(
                buy("B1").atMarket(),
                buy("B2").in(TimeInForce.IOC).at(99),
                buy("B3").postOnly().at(99))) {
            assertThat(market.send(order)).anyMatch(line -> line.startsWith("refused NOT_ALLOWED_IN_CALL"));
        }
        assertThat(market.send(buy("B4").in(TimeInForce.IOC).stop(90).at(99)))
                .containsExactly("1 NEW B4 OPEN leaves 1");
    }

    @Test
    void keepsPricesInsideTheBandEdgesIncluded() {
        Market banded = new Market(InstrumentBuilder.instrument(Orders.SYMBOL)
                .reference("200")
                .bandBps("150")
                .build());

        assertThat(banded.send(buy("B1").at(203))).containsExactly("1 NEW B1 OPEN leaves 1");
        assertThat(banded.send(buy("B2").at(204)))
                .containsExactly(
                        "1 REJECTED B2 REJECTED leaves 0 PRICE_OUTSIDE_BAND",
                        "refused PRICE_OUTSIDE_BAND: price 204 is more than 150 basis points from the last price 200");
        assertThat(banded.send(sell("A1").at(197), sell("A2").at(199)))
                .as("the band moved to the trade at 203, so 199.955 is the lowest price")
                .anyMatch(line -> line.startsWith("refused PRICE_OUTSIDE_BAND"));
    }

    @Test
    void refusesWhatMakesNoSenseWithASentence() {
        assertThat(refusal(buy("B1").lots(5).display(6).at(10)))
                .isEqualTo("refused INVALID_COMBINATION: display_quantity 6 is above the quantity 5");
        assertThat(refusal(buy("B2").in(TimeInForce.GTD).at(10)))
                .isEqualTo("refused INVALID_COMBINATION: GTD needs expire_at");
        assertThat(refusal(buy("B3").at("10.5")))
                .isEqualTo("refused OFF_TICK: price 10.5 is no multiple of the tick size 1");
        assertThat(refusal(buy("B4").lots("1.5").at(10)))
                .isEqualTo("refused OFF_LOT: quantity 1.5 is no multiple of the lot size 1");
        assertThat(refusal(buy("B5").lots(0).at(10)))
                .isEqualTo("refused INVALID_QUANTITY: quantity must be above zero, was 0");
        assertThat(refusal(buy("B6").at(-1))).isEqualTo("refused INVALID_PRICE: price must be above zero, was -1");
        assertThat(refusal(buy("B7").lots(1L << 62).at(10)))
                .isEqualTo("refused OUT_OF_RANGE: quantity 4611686018427387904 is more than 4611686018427387903 lots");
        assertThat(refusal(Orders.at(10, buy("B8").until(10).at(10))))
                .isEqualTo("refused EXPIRY_IN_PAST: expire_at 1970-01-01T00:00:00.000000010Z is not after the command,"
                        + " 1970-01-01T00:00:00.000000010Z");
    }

    @Test
    void refusesAnOrderThatWouldMakeTheSumOfItsSideWrap() {
        long large = (1L << 62) - 1;
        market.send(buy("B1").lots(large).at(10), buy("B2").lots(large).at(10));

        assertThat(refusal(buy("B3").lots(2).at(10)))
                .isEqualTo("refused OUT_OF_RANGE: quantity 2 would bring the open orders of its side above"
                        + " 9223372036854775807 lots");
        assertThat(market.send(buy("B4").lots(1).at(10))).containsExactly("1 NEW B4 OPEN leaves 1");
    }

    @Test
    void keepsTheNotionalOfAnOrderInBeyond64Bits() {
        long large = (1L << 62) - 1;
        market.send(sell("A1").lots(large).at(large));

        assertThat(market.send(buy("B1").lots(large).at(large)))
                .contains("order B1 FILLED " + large + "/" + large + " leaves 0");
        assertThat(market.finish()).contains("snapshot at 0 after 2 last []");
    }

    private String refusal(MarketInput input) {
        List<String> said = market.send(input);
        return said.get(said.size() - 1);
    }

    private static List<String> trades(List<String> said) {
        return said.stream().filter(line -> line.startsWith("trade ")).toList();
    }
}
