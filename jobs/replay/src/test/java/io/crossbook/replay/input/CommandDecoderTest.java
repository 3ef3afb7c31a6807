package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.InputHeader;
import io.crossbook.model.MarketInput;
import io.crossbook.model.OrderType;
import io.crossbook.model.Origin;
import io.crossbook.model.Phase;
import io.crossbook.model.SelfTradePrevention;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDecoderTest {
    @TempDir
    private Path folder;

    private MarketInput one(String line) throws Exception {
        TestInput.Result result = new TestInput(folder)
                .file("orders.csv", TestInput.HEADER + line + "\n")
                .read();
        assertThat(result.inputs()).hasSize(1);
        return result.inputs().get(0);
    }

    private static InputHeader header(long time, String key) {
        return new InputHeader("ESH4", time, new Origin(0, 2, 1, 1), key);
    }

    @Test
    void readsEveryFieldOfANewOrder() throws Exception {
        assertThat(one("5,ESH4,new,o1,c1,Buy,stop_limit,gtd,10.250,0003,-0,1.50,1970-01-01T00:00:00.000000009Z,"
                        + "TRUE,decrement,junk,junk,junk,k1"))
                .isEqualTo(new MarketInput.NewOrder(
                        header(5, "k1"),
                        "o1",
                        "c1",
                        Side.BUY,
                        OrderType.STOP_LIMIT,
                        TimeInForce.GTD,
                        Decimal.parse("10.25"),
                        Decimal.of(3),
                        Decimal.ZERO,
                        Decimal.parse("1.5"),
                        9L,
                        true,
                        SelfTradePrevention.DECREMENT));
    }

    @Test
    void takesAnOrderWithoutTimeInForceAsGoodTillCancel() throws Exception {
        assertThat(one("5,ESH4,NEW,o1,c1,SELL,MARKET,,,7,,,,,,,,,"))
                .isEqualTo(new MarketInput.NewOrder(
                        header(5, null),
                        "o1",
                        "c1",
                        Side.SELL,
                        OrderType.MARKET,
                        TimeInForce.GTC,
                        null,
                        Decimal.of(7),
                        null,
                        null,
                        null,
                        false,
                        null));
    }

    @Test
    void readsTheOtherActions() throws Exception {
        String lines = TestInput.HEADER
                + "1,ESH4,CANCEL,o1,,,,,,,,,,,,,,,\n"
                + "2,ESH4,REPLACE,o1,c1,,,,,5,,,,,,,,,\n"
                + "3,ESH4,CANCEL_ALL,,c1,,,,,,,,,,,,,,\n"
                + "4,ESH4,PHASE,,,,,,,,,,,,,Call,,,\n"
                + "5,ESH4,MARK,,,,,,-37.63,,,,,,,,,,\n"
                + "6,ESH4,FILL,,c1,BUY,,,10,2,,,,,,,t1,-0.5,k\n"
                + "7,ESH4,CLOCK,,,,,,,,,,,,,,,,\n";
        assertThat(new TestInput(folder).file("orders.csv", lines).read().inputs())
                .containsExactly(
                        new MarketInput.CancelOrder(at(1), "o1", null),
                        new MarketInput.ReplaceOrder(at(2), "o1", "c1", null, Decimal.of(5), null, null),
                        new MarketInput.CancelAll(at(3), "c1"),
                        new MarketInput.PhaseChange(at(4), Phase.CALL),
                        new MarketInput.MarkPrice(at(5), Decimal.parse("-37.63")),
                        new MarketInput.ExternalFill(
                                new InputHeader("ESH4", 6, new Origin(0, 7, 6, 1), "k"),
                                "t1",
                                "c1",
                                Side.BUY,
                                Decimal.of(10),
                                Decimal.of(2),
                                Decimal.parse("-0.5"),
                                null),
                        new MarketInput.ClockTick(at(7)));
    }

    private static InputHeader at(int number) {
        return new InputHeader("ESH4", number, new Origin(0, number + 1, number, 1), null);
    }

    @Test
    void readsFillsAndMarksWithoutAnAction() throws Exception {
        TestInput.Result result = new TestInput(folder)
                .file(
                        "fills.csv",
                        "timestamp,trade_id,instrument,client_id,side,price,quantity\n9,t1,EURUSD,c1,SELL,0,1\n")
                .file("marks.csv", "price,timestamp,instrument\n1.5,9,EURUSD\n")
                .read();
        assertThat(result.inputs())
                .containsExactly(
                        new MarketInput.ExternalFill(
                                new InputHeader("EURUSD", 9, new Origin(0, 2, 1, 1), null),
                                "t1",
                                "c1",
                                Side.SELL,
                                Decimal.ZERO,
                                Decimal.ONE,
                                Decimal.ZERO,
                                null),
                        new MarketInput.MarkPrice(
                                new InputHeader("EURUSD", 9, new Origin(1, 2, 2, 1), null), Decimal.parse("1.5")));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1704164645000000006,1704164645000000006",
        "9223372036854775807,9223372036854775807",
        "2024-01-02T03:04:05Z,1704164645000000000",
        "2024-01-02t03:04:05.000000006z,1704164645000000006",
        "2024-01-02 03:04:05.5Z,1704164645500000000",
        "2024-01-02T03:04:05.123456789+01:00,1704161045123456789",
        "2024-01-02T03:04:05-05:30,1704184445000000000",
        "1969-12-31T23:30:00-01:00,1800000000000",
        "2024-02-29T00:00:00Z,1709164800000000000",
        "2262-04-11T23:47:16.854775807Z,9223372036854775807",
    })
    void readsTimes(String text, long nanos) throws Exception {
        assertThat(one(text + ",A,CLOCK,,,,,,,,,,,,,,,,").transactTime()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "-1",
                "1e9",
                "1.5",
                "9223372036854775808",
                "99999999999999999999",
                "2024-01-02",
                "2024-01-02T03:04:05",
                "2024-01-02T03:04Z",
                "2024-01-02T03:04:05.Z",
                "2024-01-02T03:04:05.0000000001Z",
                "2024-01-02T03:04:05,5Z",
                "2024-01-02_03:04:05Z",
                "2024-1-02T03:04:05.00Z",
                "2024-13-02T03:04:05Z",
                "2024-00-02T03:04:05Z",
                "2023-02-29T03:04:05Z",
                "2024-01-02T24:00:00Z",
                "2024-01-02T23:59:60Z",
                "2024-01-02T03:04:05+0100",
                "2024-01-02T03:04:05+24:00",
                "2024-01-02T03:04:05UTC",
                "1969-12-31T23:59:59.999999999Z",
                "2262-04-11T23:47:16.854775808Z",
                "2300-01-01T00:00:00Z",
                "٢٠٢٤",
            })
    void refusesWhatIsNoTime(String text) throws Exception {
        MarketInput input = one('"' + text + "\",A,CLOCK,,,,,,,,,,,,,,,,");
        assertThat(input).isInstanceOf(MarketInput.Unreadable.class);
        assertThat(((MarketInput.Unreadable) input).code()).isEqualTo("NOT_A_TIME");
        assertThat(((MarketInput.Unreadable) input).message())
                .isEqualTo("orders.csv:2: timestamp must be a time from 1970 to 2262 like "
                        + "2024-01-02T03:04:05.000000006Z, or nanoseconds since 1970, was \"" + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "-1,-1",
        "-0,0",
        "00012.3400,12.34",
        "0.000000000000000001,0.000000000000000001",
        "123456789012345678,123456789012345678",
        "1234567890123456789.123456789,1234567890123456789.123456789",
        "-999999999999999999999999999999,-999999999999999999999999999999",
    })
    void readsNumbersExactly(String text, String value) throws Exception {
        MarketInput.MarkPrice mark = (MarketInput.MarkPrice) one("1,A,MARK,,,,,," + text + ",,,,,,,,,,");
        assertThat(mark.price().toString()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "1e400",
                "1E5",
                "+1",
                ".5",
                "5.",
                "1.2.3",
                "--1",
                "-",
                "1 000",
                "1,000",
                "0x10",
                "abc",
                "1\u0000",
                "１",
                "1234567890123456789e1",
                "12345678901234567890.",
                "1_0"
            })
    void refusesWhatIsNoNumber(String text) throws Exception {
        MarketInput input = one("1,A,MARK,,,,,,\"" + text + "\",,,,,,,,,,");
        assertThat(input).isInstanceOf(MarketInput.Unreadable.class);
        assertThat(((MarketInput.Unreadable) input).code()).isEqualTo("NOT_A_NUMBER");
        assertThat(((MarketInput.Unreadable) input).message()).startsWith("orders.csv:2: price must be a number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,,CLOCK,,,,,,,,,,,,,,,,;instrument is missing, every action needs it",
                ",A,CLOCK,,,,,,,,,,,,,,,,;timestamp is missing, every action needs it",
                "1,A,,,,,,,,,,,,,,,,,;action is missing, every line needs it",
                "1,A,NEW,,c,BUY,LIMIT,,1,1,,,,,,,,,;order_id is missing, NEW needs it",
                "1,A,NEW,o,,BUY,LIMIT,,1,1,,,,,,,,,;client_id is missing, NEW needs it",
                "1,A,NEW,o,c,,LIMIT,,1,1,,,,,,,,,;side is missing, NEW needs it",
                "1,A,NEW,o,c,BUY,,,1,1,,,,,,,,,;type is missing, NEW needs it",
                "1,A,NEW,o,c,BUY,LIMIT,,,1,,,,,,,,,;price is missing, a LIMIT order needs it",
                "1,A,NEW,o,c,BUY,STOP_LIMIT,,,1,,,,,,,,,;price is missing, a STOP_LIMIT order needs it",
                "1,A,NEW,o,c,BUY,LIMIT,,1,,,,,,,,,,;quantity is missing, NEW needs it",
                "1,A,CANCEL,,c,,,,,,,,,,,,,,;order_id is missing, CANCEL needs it",
                "1,A,REPLACE,,c,,,,,1,,,,,,,,,;order_id is missing, REPLACE needs it",
                "1,A,CANCEL_ALL,,,,,,,,,,,,,,,,;client_id is missing, CANCEL_ALL needs it",
                "1,A,PHASE,,,,,,,,,,,,,,,,;phase is missing, PHASE needs it",
                "1,A,MARK,,,,,,,,,,,,,,,,;price is missing, MARK needs it",
                "1,A,FILL,,c,BUY,,,1,1,,,,,,,,,;trade_id is missing, FILL needs it",
                "1,A,FILL,,,BUY,,,1,1,,,,,,,t,,;client_id is missing, FILL needs it",
                "1,A,FILL,,c,BUY,,,1,,,,,,,,t,,;quantity is missing, FILL needs it",
            })
    void namesTheFieldThatTheActionNeeds(String line, String rule) throws Exception {
        MarketInput.Unreadable unreadable = (MarketInput.Unreadable) one(line);
        assertThat(unreadable.code()).isEqualTo("MISSING_FIELD");
        assertThat(unreadable.message()).isEqualTo("orders.csv:2: " + rule);
        assertThat(unreadable.raw()).isEqualTo(line);
    }

    @Test
    void leavesToTheBookWhatIsWrongByItsMeaning() throws Exception {
        String lines = TestInput.HEADER
                + "1,A,NEW,o1,c,BUY,MARKET,IOC,-5,0,,,,true,,,,,\n"
                + "2,A,NEW,o2,c,BUY,STOP,GTD,,-1,,,,,,,,,\n"
                + "3,A,REPLACE,o2,,,,,,,,,,,,,,,\n";
        assertThat(new TestInput(folder).file("o.csv", lines).read().counts().unreadable())
                .isZero();
    }

    @Test
    void doesNotReadColumnsThatTheActionDoesNotUse() throws Exception {
        assertThat(one("1,A,CLOCK,x\u0001,y,neither,none,?,abc,1e9,?,?,never,maybe,?,?,?,?,"))
                .isInstanceOf(MarketInput.ClockTick.class);
    }

    @Test
    void namesTheWordsOfAColumn() throws Exception {
        MarketInput.Unreadable unreadable = (MarketInput.Unreadable) one("1,A,NEW,o1,c1,Buy?,LIMIT,,1,1,,,,,,,,,");
        assertThat(unreadable.message()).isEqualTo("orders.csv:2: side must be BUY or SELL, was \"Buy?\"");
        assertThat(unreadable.code()).isEqualTo("UNKNOWN_WORD");
        assertThat(unreadable.raw()).isEqualTo("1,A,NEW,o1,c1,Buy?,LIMIT,,1,1,,,,,,,,,");
        assertThat(unreadable.header()).isEqualTo(new InputHeader("", 0, new Origin(0, 2, 1, 1), null));
    }

    @Test
    void readsQuotedFieldsAndLeavesSpacesAroundFieldsOut() throws Exception {
        MarketInput.NewOrder order = (MarketInput.NewOrder)
                one(" 1 , \"A,B\" ,NEW, \"say \"\"hi\"\"\" ,\" c \", buy ,LIMIT,,  1.5,2  ,,,,,,,,,   ");
        assertThat(order.instrument()).isEqualTo("A,B");
        assertThat(order.orderId()).isEqualTo("say \"hi\"");
        assertThat(order.clientId()).isEqualTo(" c ");
        assertThat(order.price()).isEqualTo(Decimal.parse("1.5"));
        assertThat(order.quantity()).isEqualTo(Decimal.of(2));
    }

    @Test
    void takesTextOfUpTo64Utf8Bytes() throws Exception {
        String longest = "é".repeat(32);
        MarketInput.CancelOrder cancel = (MarketInput.CancelOrder) one("1,日経,CANCEL," + longest + ",😀,,,,,,,,,,,,,,");
        assertThat(cancel.orderId()).isEqualTo(longest);
        assertThat(cancel.instrument()).isEqualTo("日経");
        assertThat(cancel.clientId()).isEqualTo("😀");
        MarketInput.Unreadable tooLong = (MarketInput.Unreadable) one("1,A,CANCEL," + longest + "x,,,,,,,,,,,,,,,");
        assertThat(tooLong.code()).isEqualTo("TEXT_TOO_LONG");
    }

    @Test
    void makesNoNewTextForNamesThatComeAgain() throws Exception {
        List<MarketInput> inputs = new TestInput(folder)
                .file("o.csv", TestInput.HEADER + "1,ABC,CANCEL_ALL,,client,,,,,,,,,,,,,,\n".repeat(2))
                .read()
                .inputs();
        assertThat(inputs.get(1).instrument()).isSameAs(inputs.get(0).instrument());
        assertThat(((MarketInput.CancelAll) inputs.get(1)).clientId())
                .isSameAs(((MarketInput.CancelAll) inputs.get(0)).clientId());
    }

    @Test
    void tellsThousandsOfNamesApart() throws Exception {
        StringBuilder lines = new StringBuilder("timestamp,instrument,action\n");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 40_000; i++) {
                lines.append("1,I").append(i).append(",CLOCK\n");
            }
        }
        List<MarketInput> inputs =
                new TestInput(folder).file("o.csv", lines.toString()).read().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            assertThat(inputs.get(i).instrument()).isEqualTo("I" + i % 40_000);
        }
    }
}
