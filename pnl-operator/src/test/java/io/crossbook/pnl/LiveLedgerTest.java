package io.crossbook.pnl;

import static io.crossbook.pnl.Tape.d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketEvent.Marked;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderState;
import io.crossbook.model.OrderType;
import io.crossbook.model.PnlEvent.FillBooked;
import io.crossbook.model.PnlEvent.LedgerSummary;
import io.crossbook.model.PnlEvent.OpenLot;
import io.crossbook.model.PnlEvent.Position;
import io.crossbook.model.PnlEvent.Realized;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of first in, first out, each worked out by hand. */
class LiveLedgerTest {
    private final Tape tape = new Tape(Tape.plain());

    @Test
    void closesTheOldestLotsFirstAndFlipsThroughZero() {
        tape.buy("A", "100", "10");
        assertThat(tape.realized()).isEqualTo(Decimal.ZERO);
        tape.buy("A", "50", "12");
        assertThat(tape.realized()).isEqualTo(Decimal.ZERO);
        tape.sell("A", "120", "11");
        assertThat(tape.realized()).isEqualTo(d("80"));
        tape.sell("A", "50", "13");
        assertThat(tape.realized()).isEqualTo(d("110"));
        tape.buy("A", "5", "12.5");
        assertThat(tape.realized()).isEqualTo(d("112.5"));
        tape.mark("12.80");

        Position position = tape.position("A");
        assertThat(position.netQuantity()).isEqualTo(d("-15"));
        assertThat(position.averagePrice()).isEqualTo(d("13"));
        assertThat(position.unrealizedPnl()).isEqualTo(d("3"));
        assertThat(position.netPnl()).isEqualTo(d("115.5"));
        assertThat(position.closedQuantity()).isEqualTo(d("155"));
        assertThat(position.cashFlow())
                .isEqualTo(d("-1000")
                        .plus(d("-600"))
                        .plus(d("1320"))
                        .plus(d("650"))
                        .plus(d("-62.5")));
        assertThat(tape.ledger.balanced()).isTrue();
    }

    @Test
    void namesOpeningAndClosingTradeOfEachPiece() {
        tape.buy("A", "100", "10");
        tape.buy("A", "50", "12");
        tape.sell("A", "170", "11");

        assertThat(tape.all(Realized.class))
                .extracting(
                        Realized::realizedNo,
                        Realized::openingTradeId,
                        Realized::closingTradeId,
                        Realized::side,
                        Realized::quantity,
                        Realized::pnl)
                .containsExactly(
                        tuple(1L, "F1", "F3", Side.BUY, d("100"), d("100")),
                        tuple(2L, "F2", "F3", Side.BUY, d("50"), d("-50")));
        assertThat(tape.position("A").netQuantity()).isEqualTo(d("-20"));
    }

    @Test
    void aShortLotGainsWhenThePriceFalls() {
        tape.sell("A", "10", "20");
        tape.buy("A", "4", "15");

        Realized piece = tape.all(Realized.class).get(0);
        assertThat(piece.side()).isEqualTo(Side.SELL);
        assertThat(piece.pnl()).isEqualTo(d("20"));
        assertThat(tape.position("A").averagePrice()).isEqualTo(d("20"));
    }

    @Test
    void takerAndMakerPayTheirOwnBasisPointsExactly() {
        Tape fees = new Tape(Tape.instrument("0.25", "1", "50", "-0.3", "1.25", true));
        fees.trade("maker", "taker", 3, 19240, Side.SELL);

        // 3 × 4810.00 × 50 = 721,500 of notional
        assertThat(fees.position("maker").fees()).isEqualTo(d("-21.645"));
        assertThat(fees.position("taker").fees()).isEqualTo(d("90.1875"));
        assertThat(fees.position("taker").netPnl()).isEqualTo(d("-90.1875"));
    }

    @Test
    void inAnAuctionBothSidesPayTheMakerFee() {
        Tape fees = new Tape(Tape.instrument("1", "1", "1", "1", "5", true));
        fees.trade("A", "B", 10, 1000, null);

        assertThat(fees.position("A").fees()).isEqualTo(d("1"));
        assertThat(fees.position("B").fees()).isEqualTo(d("1"));
    }

    @Test
    void aFillBringsItsOwnFeeAndARebateCountsAgainstFees() {
        tape.fill("A", Side.BUY, "10", "100", "1.5");
        tape.fill("A", Side.SELL, "10", "101", "-0.25");

        Position flat = tape.position("A");
        assertThat(flat.fees()).isEqualTo(d("1.25"));
        assertThat(flat.realizedPnl()).isEqualTo(d("10"));
        assertThat(flat.netPnl()).isEqualTo(d("8.75"));
    }

    @Test
    void aTradeWithOneselfClosesWhatItOpenedAndChangesNothingButFees() {
        tape.trade("A", "A", 7, 100, Side.BUY);

        Position position = tape.position("A");
        assertThat(position.netQuantity()).isEqualTo(Decimal.ZERO);
        assertThat(position.realizedPnl()).isEqualTo(Decimal.ZERO);
        assertThat(position.closedQuantity()).isEqualTo(d("7"));
        Realized piece = tape.all(Realized.class).get(0);
        assertThat(piece.side()).isEqualTo(Side.BUY);
        assertThat(piece.openingTradeId()).isEqualTo(piece.closingTradeId()).isEqualTo("X-1");
    }

    @Test
    void aShortSellerTradingWithHimselfBuysFirstAndStaysShortAtTheNewPrice() {
        tape.trade("B", "A", 5, 100, Side.BUY);
        tape.trade("A", "A", 5, 90, Side.BUY);

        assertThat(tape.position("A").realizedPnl()).isEqualTo(d("50"));
        assertThat(tape.position("A").netQuantity()).isEqualTo(d("-5"));
        assertThat(tape.position("A").averagePrice()).isEqualTo(d("90"));
    }

    @Test
    void passesTheTradeBeforeTheRealizedItCauses() {
        tape.trade("A", "B", 5, 100, Side.BUY);
        tape.trade("B", "A", 5, 101, Side.BUY);

        assertThat(tape.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Trade", "Trade", "Realized", "Realized");
        assertThat(tape.all(Realized.class)).extracting(Realized::clientId).containsExactly("B", "A");
    }

    @Test
    void anOpenPositionWithoutAMarkHasNoUnrealizedAndNoNet() {
        tape.buy("A", "10", "100");

        Position open = tape.position("A");
        assertThat(open.markPrice()).isNull();
        assertThat(open.unrealizedPnl()).isNull();
        assertThat(open.netPnl()).isNull();
    }

    @Test
    void aFlatPositionHasUnrealizedZeroAndNoAverageEvenWithoutAMark() {
        tape.buy("A", "10", "100");
        tape.sell("A", "10", "103");

        Position flat = tape.position("A");
        assertThat(flat.unrealizedPnl()).isEqualTo(Decimal.ZERO);
        assertThat(flat.averagePrice()).isNull();
        assertThat(flat.netPnl()).isEqualTo(d("30"));
    }

    @Test
    void theLastTradeIsTheMarkUntilAMarkComesAndFillsAreNone() {
        tape.trade("A", "B", 1, 100, Side.BUY);
        tape.trade("A", "B", 1, 104, Side.BUY);
        tape.buy("C", "1", "500");
        assertThat(tape.position("A").markPrice()).isEqualTo(d("104"));

        tape.mark("90.5");
        tape.trade("A", "B", 1, 110, Side.BUY);
        assertThat(tape.position("A").markPrice()).isEqualTo(d("90.5"));
    }

    @Test
    void theMultiplierScalesMoneyButNotPrices() {
        Tape future = new Tape(Tape.instrument("0.25", "1", "50", "0", "0", true));
        future.trade("A", "B", 2, 400, Side.BUY);
        future.mark("101");

        assertThat(future.position("A").averagePrice()).isEqualTo(d("100"));
        assertThat(future.position("A").unrealizedPnl()).isEqualTo(d("100"));
        assertThat(future.position("A").cashFlow()).isEqualTo(d("-10000"));
    }

    @Test
    void averagePriceIsRoundedHalfEvenAtTwelveDigits() {
        tape.buy("A", "1", "1");
        tape.buy("A", "2", "2");

        assertThat(tape.position("A").averagePrice()).isEqualTo(d("1.666666666667"));
    }

    @Test
    void anIntervalSaysThePositionOfEveryClientWithHistoryInByteOrder() {
        tape.trade("\uD83D\uDE00", "\uFF5E", 1, 100, Side.BUY);
        tape.trade("b", "a", 1, 100, Side.BUY);
        tape.trade("a", "b", 1, 100, Side.BUY);
        tape.interval(60);

        List<Position> positions = tape.all(Position.class);
        assertThat(positions).extracting(Position::clientId).containsExactly("a", "b", "\uFF5E", "\uD83D\uDE00");
        assertThat(positions).allSatisfy(position -> {
            assertThat(position.kind()).isEqualTo(Position.Kind.INTERVAL);
            assertThat(position.transactTime()).isEqualTo(60);
            assertThat(position.sequence()).isEqualTo(3);
        });
    }

    @Test
    void theEndSaysLotsThenPositionsThenTheSummary() {
        tape.trade("A", "B", 5, 100, Side.BUY);
        tape.trade("A", "B", 3, 101, Side.BUY);
        tape.trade("C", "A", 6, 102, Side.BUY);
        tape.buy("B", "8", "99");
        tape.events.clear();
        tape.finish();

        assertThat(tape.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("OpenLot", "OpenLot", "Position", "Position", "Position", "LedgerSummary");
        assertThat(tape.all(OpenLot.class))
                .extracting(OpenLot::clientId, OpenLot::lotNo, OpenLot::tradeId, OpenLot::quantity, OpenLot::openedAt)
                .containsExactly(tuple("A", 2L, "X-2", d("2"), 2L), tuple("C", 1L, "X-3", d("6"), 3L));
        assertThat(tape.all(Position.class)).extracting(Position::netQuantity).containsExactly(d("2"), d("0"), d("6"));
        LedgerSummary summary = tape.all(LedgerSummary.class).get(0);
        assertThat(summary).isEqualTo(new LedgerSummary(Tape.SYMBOL, 4, 4, 1, 0, 0, Decimal.ZERO, Decimal.ZERO));
    }

    @Test
    void inALiveRunSaysWhatACommandTouchedOnceItIsOver() {
        Tape live = new Tape(Tape.plain(), new LedgerSettings(true, true, true));
        live.trade("A", "B", 5, 100, Side.BUY);
        live.tradeAgain("A", "C", 2, 101, Side.BUY);
        assertThat(live.all(Position.class)).isEmpty();
        live.ledger.commandEnded(event -> live.events.add(event.copy()));
        live.ledger.commandEnded(event -> live.events.add(event.copy()));

        assertThat(live.all(Position.class)).extracting(Position::clientId).containsExactly("A", "B", "C");
        assertThat(live.all(OpenLot.class))
                .extracting(OpenLot::clientId, OpenLot::lotNo)
                .containsExactly(tuple("A", 1L), tuple("A", 2L), tuple("B", 1L), tuple("C", 1L));

        live.events.clear();
        live.trade("D", "A", 6, 103, Side.BUY);
        live.mark("100");
        assertThat(live.all(OpenLot.class))
                .extracting(OpenLot::clientId, OpenLot::lotNo, OpenLot::quantity)
                .containsExactly(tuple("D", 1L, d("6")), tuple("A", 2L, d("1")));
        assertThat(live.all(Position.class).get(0).kind()).isEqualTo(Position.Kind.COMMAND);
        assertThat(live.all(Position.class).get(0).sequence()).isEqualTo(2);
        assertThat(live.events.get(live.events.size() - 1)).isInstanceOf(Marked.class);
    }

    @Test
    void stopsWhenTheSequenceStepsBack() {
        MarketEvent later = new Marked("ESH4", 5013, 1, d("1"));
        MarketEvent earlier = new Marked("ESH4", 5012, 1, d("1"));
        LiveLedger ledger = new LiveLedger(Instrument.permissive("ESH4"), LedgerSettings.backtest());
        ledger.apply(later, event -> {});
        ledger.apply(later, event -> {});

        assertThatThrownBy(() -> ledger.apply(earlier, event -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ESH4: sequence 5012 after 5013; input of one instrument must be in order");
    }

    @Test
    void theStateOfAnOldOrderAtTheEndIsNoStepBack() {
        tape.mark("1");
        tape.mark("2");
        OrderState old = new OrderState()
                .set(
                        Tape.SYMBOL,
                        1,
                        1,
                        1,
                        "A",
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        1,
                        1,
                        0,
                        1,
                        0,
                        0,
                        OrdStatus.OPEN,
                        null,
                        1)
                .setOrderId(OrderId.of("O1"));
        tape.apply(old);

        assertThat(tape.events).last().isEqualTo(old);
    }

    @Test
    void aBookedFillGoesOnAsFillBooked() {
        tape.buy("A", "1", "2");

        List<RunEvent> events = tape.events;
        assertThat(events).hasSize(1);
        assertThat(((FillBooked) events.get(0)).fill().tradeId()).isEqualTo("F1");
    }
}
