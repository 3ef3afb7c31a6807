package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LobsterCursorTest {
    @TempDir
    private Path folder;

    private TestInput.Result read(String messages, @Nullable String openingRow) throws Exception {
        TestInput input = new TestInput(folder).lobster("X_1970-01-01_message_1.csv", messages);
        Path book = folder.resolve("book.csv");
        Files.writeString(book, openingRow == null ? "" : openingRow);
        return TestInput.read(new InputSettings(
                input.settings().files(),
                Map.of(),
                false,
                null,
                null,
                openingRow == null ? null : book.toString(),
                ZoneOffset.UTC));
    }

    private static InputHeader header(long nanos, long line, long position, int rows) {
        return new InputHeader("X", nanos, new Origin(0, line, position, rows), null);
    }

    private static MarketInput order(
            InputHeader header, String id, String client, Side side, TimeInForce tif, String price, long quantity) {
        return new MarketInput.NewOrder(
                header,
                id,
                client,
                side,
                OrderType.LIMIT,
                tif,
                Decimal.parse(price),
                Decimal.of(quantity),
                null,
                null,
                null,
                false,
                null);
    }

    @Test
    void turnsEveryTypeOfMessageIntoACommand() throws Exception {
        TestInput.Result result = read("""
                1,1,7,100,20100,-1
                2,2,7,30,20100,-1
                3,4,7,50,20100,-1
                4,3,7,20,20100,-1
                5,5,0,10,20050,1
                6,6,0,10,20050,1
                7,7,0,0,-1,-1
                8,7,0,0,0,-1
                9,7,0,0,1,-1
                """, null);
        long second = 1_000_000_000;
        assertThat(result.inputs())
                .containsExactly(
                        order(header(second, 1, 1, 1), "7", "resting", Side.SELL, TimeInForce.GTC, "2.01", 100),
                        new MarketInput.ReplaceOrder(
                                header(2 * second, 2, 2, 1), "7", "resting", null, Decimal.of(70), null, null),
                        order(
                                header(3 * second, 3, 3, 1),
                                "aggressor-3",
                                "aggressor",
                                Side.BUY,
                                TimeInForce.IOC,
                                "2.01",
                                50),
                        new MarketInput.CancelOrder(header(4 * second, 4, 4, 1), "7", "resting"),
                        new MarketInput.ClockTick(header(5 * second, 5, 5, 1)),
                        new MarketInput.ClockTick(header(6 * second, 6, 6, 1)),
                        new MarketInput.PhaseChange(header(7 * second, 7, 7, 1), Phase.HALTED),
                        new MarketInput.PhaseChange(header(8 * second, 8, 8, 1), Phase.CALL),
                        new MarketInput.PhaseChange(header(9 * second, 9, 9, 1), Phase.CONTINUOUS));
        assertThat(result.counts().rows()).isEqualTo(9);
    }

    @Test
    void makesOneAggressorOfExecutionsInARowWithTheSameTimeAndSide() throws Exception {
        TestInput.Result result = read("""
                1.5,4,7,50,20100,-1
                1.5,5,0,3,20150,-1
                1.5,4,8,20,20200,-1
                1.5,4,9,5,20000,1
                1.6,4,9,5,19900,1
                1.6,5,0,1,19900,1
                """, null);
        assertThat(result.inputs())
                .containsExactly(
                        order(
                                header(1_500_000_000, 1, 1, 2),
                                "aggressor-1",
                                "aggressor",
                                Side.BUY,
                                TimeInForce.IOC,
                                "2.02",
                                70),
                        new MarketInput.ClockTick(header(1_500_000_000, 2, 2, 1)),
                        order(
                                header(1_500_000_000, 4, 3, 1),
                                "aggressor-4",
                                "aggressor",
                                Side.SELL,
                                TimeInForce.IOC,
                                "2",
                                5),
                        order(
                                header(1_600_000_000, 5, 4, 1),
                                "aggressor-5",
                                "aggressor",
                                Side.SELL,
                                TimeInForce.IOC,
                                "1.99",
                                5),
                        new MarketInput.ClockTick(header(1_600_000_000, 6, 5, 1)));
        assertThat(result.counts().rows()).isEqualTo(6);
    }

    @Test
    void roundsTracesOfBinaryFractionsToNanoseconds() throws Exception {
        assertThat(TestInput.times(read("""
                                35821.088778456004,5,0,1,1,1
                                35821.0887784559996,5,0,1,1,1
                                35821.08877,5,0,1,1,1
                                """, null).inputs()))
                .containsExactly(35_821_088_778_456L, 35_821_088_778_456L, 35_821_088_770_000L);
    }

    @Test
    void reducesToTheTotalThatIsLeftWithWhatWasExecuted() throws Exception {
        List<MarketInput> inputs = read("""
                        1,1,7,100,20100,-1
                        2,4,7,40,20100,-1
                        3,2,7,10,20100,-1
                        4,2,7,20,20100,-1
                        5,2,99,20,20100,-1
                        """, null).inputs();
        assertThat(inputs.stream()
                        .filter(MarketInput.ReplaceOrder.class::isInstance)
                        .map(input -> ((MarketInput.ReplaceOrder) input).quantity()))
                .containsExactly(Decimal.of(90), Decimal.of(70), null);
    }

    @Test
    void entersTheOpeningBookOlderOrdersFirst() throws Exception {
        TestInput.Result result = read("""
                1,1,50,18,20000,1
                2,3,12,30,20000,1
                3,4,11,10,20000,1
                4,4,11,15,20000,1
                5,1,20,5,19800,1
                6,2,60,5,20000,1
                """, "20100,200,20000,118,20300,7,19900,4\n");
        assertThat(TestInput.orderIds(result.inputs()))
                .containsExactly(
                        "11",
                        "12",
                        "opening-BUY-2",
                        "opening-BUY-1.99",
                        "opening-SELL-2.01",
                        "opening-SELL-2.03",
                        "50",
                        "aggressor-3",
                        "aggressor-4",
                        "20");
        assertThat(result.inputs().stream()
                        .limit(6)
                        .map(input -> ((MarketInput.NewOrder) input).quantity().toString()))
                .containsExactly("25", "30", "45", "4", "200", "7");
        assertThat(result.inputs().get(2))
                .isEqualTo(order(
                        header(1_000_000_000, 0, 3, 0),
                        "opening-BUY-2",
                        "resting",
                        Side.BUY,
                        TimeInForce.GTC,
                        "2",
                        45));
        assertThat(result.counts().openingOrders()).isEqualTo(6);
        assertThat(result.counts().rows()).isEqualTo(6);
    }

    @Test
    void putsBackWhatTheFirstMessageTookOff() throws Exception {
        TestInput.Result result = read("1,4,12,30,20000,1\n2,1,50,1,10000,1\n", "20100,200,19900,4\n");
        assertThat(TestInput.orderIds(result.inputs()))
                .containsExactly("12", "opening-BUY-1.99", "opening-SELL-2.01", "aggressor-1", "50");
    }

    @Test
    void refusesWhatIsNoMessageAndGoesOn() throws Exception {
        TestInput.Result result = read("""
                1,1,7,100,20100,-1
                x,1,7,100,20100,-1
                2,8,7,100,20100,-1
                2,1,7,100,20100,2
                2,1,7,1.5,20100,1
                2,1,7,-5,20100,1
                2,1,7,100,1e4,1
                2,7,0,0,5,-1
                2,1,7,100,20100
                2,1,,100,20100,1
                90000,5,0,1,1,1
                -1,5,0,1,1,1
                2,5,0,1,1,1
                """, null);
        assertThat(result.codes())
                .containsExactly(
                        "NOT_A_NUMBER",
                        "UNKNOWN_WORD",
                        "UNKNOWN_WORD",
                        "NOT_A_NUMBER",
                        "NOT_A_NUMBER",
                        "NOT_A_NUMBER",
                        "UNKNOWN_WORD",
                        "FIELD_COUNT",
                        "MISSING_FIELD",
                        "NOT_A_TIME",
                        "NOT_A_TIME");
        assertThat(result.messages().get(1)).isEqualTo("X_1970-01-01_message_1.csv:3: type must be 1 to 7, was \"8\"");
        assertThat(result.readable()).hasSize(2);
        assertThat(result.counts().rows()).isEqualTo(13);
    }
}
