package io.crossbook.store.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.MarketEvent;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderId;
import io.crossbook.model.OrderState;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Reason;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.model.Trade;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Instrument CRUDE = new Instrument(
            "CL",
            InstrumentKind.FUTURE,
            "USD",
            Decimal.parse("0.01"),
            Decimal.parse("0.5"),
            Decimal.of(1000),
            Decimal.ZERO,
            Decimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            true,
            null,
            null,
            null);
    private static final List<String> FILES = List.of("a.csv", "b, c.csv");

    @Test
    void ticksAndLotsOfATradeBecomeDecimalsThroughTheInstrument() {
        TradeRow row = TradeRow.of(
                new Trade()
                        .set("CL", 7, 42, 5, 7012, 3, Side.SELL, "buyer", "seller")
                        .setOrderIds(OrderId.of("b1"), OrderId.of("s1")),
                CRUDE);
        assertThat(row.price()).isEqualTo(Decimal.parse("70.12"));
        assertThat(row.quantity()).isEqualTo(Decimal.parse("1.5"));
        assertThat(row.tradeId()).isEqualTo("CL-7");
        assertThat(row.makerOrderId()).isEqualTo("b1");
        assertThat(row.takerOrderId()).isEqualTo("s1");
    }

    @Test
    void aTradeOfAnAuctionHasNeitherMakerNorTaker() {
        TradeRow row = TradeRow.of(
                new Trade()
                        .set("CL", 1, 1, 5, 7012, 3, null, "buyer", "seller")
                        .setOrderIds(OrderId.of("b1"), OrderId.of("s1")),
                CRUDE);
        assertThat(row.aggressorSide()).isNull();
        assertThat(row.makerOrderId()).isNull();
        assertThat(row.takerOrderId()).isNull();
    }

    @Test
    void theAveragePriceOfAnOrderIsRoundedHalfEvenAtTwelveDigits() {
        OrderRow row = OrderRow.of(order(3, 3 * 7012 + 1), CRUDE);
        assertThat(row.averagePrice()).isEqualTo(Decimal.parse("70.123333333333"));
        assertThat(OrderRow.of(order(0, 0), CRUDE).averagePrice()).isNull();
        assertThat(row.lastSequence()).isEqualTo(9);
        assertThat(row.sequence()).isEqualTo(4);
    }

    private static OrderState order(long filled, long notional) {
        return new OrderState()
                .set(
                        "CL",
                        9,
                        20,
                        4,
                        "c",
                        Side.BUY,
                        OrderType.MARKET,
                        TimeInForce.IOC,
                        MarketEvent.NO_PRICE,
                        3,
                        filled,
                        3 - filled,
                        0,
                        notional,
                        OrdStatus.CANCELLED,
                        Reason.IMMEDIATE_REMAINDER,
                        10)
                .setOrderId(OrderId.of("o"));
    }

    @Test
    void aRefusedNewThatTakesItsIdIsARejectedOrderAsItCame() {
        OrderRow row = OrderRow.of(refusedNew(true));
        assertThat(row.status()).isEqualTo(OrdStatus.REJECTED);
        assertThat(row.reason()).isEqualTo(Reason.OFF_TICK);
        assertThat(row.price()).isEqualTo(Decimal.parse("70.125"));
        assertThat(row.quantity()).isEqualTo(Decimal.parse("-3"));
        assertThat(row.filledQuantity()).isEqualTo(Decimal.ZERO);
        assertThat(row.leavesQuantity()).isEqualTo(Decimal.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderRow.of(refusedNew(false)))
                .withMessageContaining("CL");
    }

    @Test
    void theRawTextOfARefusedCommandIsALineInTheOrderOfTheCommandColumns() {
        RejectRow row = RejectRow.of(refusedNew(true), FILES);
        assertThat(row.file()).isEqualTo("b, c.csv");
        assertThat(row.line()).isEqualTo(12);
        assertThat(row.sequence()).isEqualTo(8);
        assertThat(row.orderId()).isEqualTo("a,\"1\"");
        assertThat(row.code()).isEqualTo("OFF_TICK");
        assertThat(row.raw())
                .isEqualTo("1970-01-01T00:00:00.000000005Z,CL,NEW,\"a,\"\"1\"\"\",Zoë,BUY,LIMIT,GTD,70.125,-3,,1.5,"
                        + "1970-01-01T00:00:01.000000000Z,true,DECREMENT,,,,k1");
    }

    @Test
    void theRawTextOfARefusedFillHasItsTradeAndFee() {
        MarketInput fill = new MarketInput.ExternalFill(
                header(null), "t1", "c", Side.SELL, Decimal.of(2), Decimal.of(5), Decimal.parse("-0.25"), null);
        RejectRow row =
                RejectRow.of(new MarketEvent.Refused(fill, 8, Reason.SHORT_NOT_ALLOWED, "no shorts", false), FILES);
        assertThat(row.orderId()).isNull();
        assertThat(row.raw()).isEqualTo("1970-01-01T00:00:00.000000005Z,CL,FILL,,c,SELL,,,2,5,,,,,,,t1,-0.25,");
    }

    @Test
    void anUnreadableLineHasNeitherInstrumentNorSequence() {
        MarketInput.Unreadable line = new MarketInput.Unreadable(
                new InputHeader("", 0, new Origin(0, 3, 2, 1), null), "NOT_A_NUMBER", "a.csv:3: no", "x\\xFF");
        RejectRow row = RejectRow.of(new MarketEvent.LineRefused(line), FILES);
        assertThat(row.instrument()).isNull();
        assertThat(row.sequence()).isZero();
        assertThat(row.file()).isEqualTo("a.csv");
        assertThat(row.raw()).isEqualTo("x\\xFF");
    }

    @Test
    void levelsAreNumberedFromTheBestOnEachSide() {
        List<BookRow> rows = BookRow.of(
                new MarketEvent.BookSnapshot(
                        "CL",
                        9,
                        5,
                        List.of(
                                new MarketEvent.BookLevel(Side.BUY, 10, 2, 4, 1),
                                new MarketEvent.BookLevel(Side.BUY, 9, 2, 0, 1),
                                new MarketEvent.BookLevel(Side.SELL, 11, 2, 0, 3)),
                        true),
                CRUDE);
        assertThat(rows).extracting(BookRow::level).containsExactly(1, 2, 1);
        assertThat(rows.get(0).hiddenQuantity()).isEqualTo(Decimal.of(2));
    }

    private static MarketEvent.Refused refusedNew(boolean orderRow) {
        MarketInput order = new MarketInput.NewOrder(
                header("k1"),
                "a,\"1\"",
                "Zoë",
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTD,
                Decimal.parse("70.125"),
                Decimal.parse("-3"),
                null,
                Decimal.parse("1.5"),
                1_000_000_000L,
                true,
                SelfTradePrevention.DECREMENT);
        return new MarketEvent.Refused(order, 8, Reason.OFF_TICK, "price 70.125 is off tick", orderRow);
    }

    private static InputHeader header(String key) {
        return new InputHeader("CL", 5, new Origin(1, 12, 30, 1), key);
    }
}
