package io.crossbook.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketInput;
import io.crossbook.model.MarketInput.CancelOrder;
import io.crossbook.model.MarketInput.ExternalFill;
import io.crossbook.model.MarketInput.NewOrder;
import io.crossbook.model.MarketInput.Unreadable;
import io.crossbook.model.Side;
import io.crossbook.store.rows.CommandFields;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRecordsTest {
    private static final String NEW =
            "{\"timestamp\":\"2026-03-02T09:00:00Z\",\"instrument\":\"ACME\",\"action\":\"NEW\","
                    + "\"order_id\":\"A1\",\"client_id\":\"alice\",\"side\":\"SELL\",\"type\":\"LIMIT\",";

    private final CommandRecords records = new CommandRecords("crossbook.commands", false);

    @Test
    void readsAnObjectWithTheColumnsOfAFileAsItsFields() {
        NewOrder order = (NewOrder) read(NEW + "\"price\":\"100.50\",\"quantity\":10,\"post_only\":true,\"tif\":null}");

        assertThat(order.orderId()).isEqualTo("A1");
        assertThat(order.side()).isEqualTo(Side.SELL);
        assertThat(order.price()).hasToString("100.5");
        assertThat(order.quantity()).hasToString("10");
        assertThat(order.postOnly()).isTrue();
        assertThat(order.header().origin().source()).isEqualTo(3);
        assertThat(order.header().origin().line()).isEqualTo(77);
        assertThat(order.position()).isEqualTo(77);
    }

    @Test
    void takesNothingOverFromTheRecordBefore() {
        read(NEW + "\"price\":\"1\",\"quantity\":\"1\"}");

        CancelOrder cancel = (CancelOrder)
                read("{\"action\":\"cancel\",\"instrument\":\"ACME\",\"order_id\":\" Ä1 \",\"timestamp\":1000}");

        assertThat(cancel.clientId()).isNull();
        assertThat(cancel.orderId()).isEqualTo("Ä1");
        assertThat(cancel.transactTime()).isEqualTo(1000);
    }

    @Test
    void readsWhatCommandsAreWrittenAs() {
        ExternalFill fill = (ExternalFill) read("{\"timestamp\":5,\"instrument\":\"ACME\",\"action\":\"FILL\","
                + "\"trade_id\":\"t\",\"client_id\":\"c\",\"side\":\"BUY\",\"price\":1,\"quantity\":2,\"fee\":-0.5}");

        assertThat(CommandFields.of(fill).toString())
                .isEqualTo("{timestamp=1970-01-01T00:00:00.000000005Z, instrument=ACME, action=FILL, client_id=c,"
                        + " side=BUY, price=1, quantity=2, trade_id=t, fee=-0.5}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NOT_A_RECORD   | what?",
                "NOT_A_RECORD   | [1]",
                "NOT_A_RECORD   | {\"instrument\":{\"deep\":[[[[]]]]}}",
                "NOT_A_RECORD   | {\"instrument\":\"ACME\"} {}",
                "NOT_A_RECORD   | {\"instrument\":\"ACME\"",
                "UNKNOWN_FIELD  | {\"instrumnt\":\"ACME\"}",
                "REPEATED_FIELD | {\"side\":\"BUY\",\"side\":\"SELL\"}",
                "MISSING_FIELD  | {}",
                "NOT_A_TIME     | {\"timestamp\":\"soon\",\"instrument\":\"ACME\",\"action\":\"CLOCK\"}",
                "NOT_A_NUMBER   | {\"timestamp\":1,\"instrument\":\"A\",\"action\":\"MARK\",\"price\":1e5}",
                "BAD_UTF8       | {\"timestamp\":1,\"instrument\":\"A\\ud800\",\"action\":\"CLOCK\"}",
                "WRONG_KEY      | {\"timestamp\":1,\"instrument\":\"ELSEWHERE\",\"action\":\"CLOCK\"}",
            })
    void whatIsNoCommandIsUnreadableWithItsPlaceRuleAndBytes(String code, String record) {
        Unreadable unreadable = (Unreadable) read(record);

        assertThat(unreadable.code()).isEqualTo(code);
        assertThat(unreadable.message()).startsWith("crossbook.commands-3:77: ");
        assertThat(unreadable.raw()).isEqualTo(record);
        assertThat(unreadable.header().origin().line()).isEqualTo(77);
        assertThat(unreadable.transactTime()).isEqualTo(9);
    }

    @Test
    void aTombstoneAndARecordThatIsTooLongAreUnreadable() {
        assertThat(((Unreadable) records.read(null, 3, 77, 9, instrument -> null)).code())
                .isEqualTo("NOT_A_RECORD");
        Unreadable tooLong = (Unreadable) read("{\"order_id\":\"" + "x".repeat(LineSource.MAX_LINE) + "\"}");
        assertThat(tooLong.code()).isEqualTo("LINE_TOO_LONG");
        assertThat(tooLong.raw()).endsWith("(" + (LineSource.MAX_LINE + 15) + " bytes)");
    }

    @Test
    void passesOverFieldsWithoutAMeaningWhereThatIsAskedFor() {
        CommandRecords patient = new CommandRecords("t", true);
        byte[] record = "{\"timestamp\":1,\"instrument\":\"ACME\",\"action\":\"CLOCK\",\"note\":\"x\"}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(patient.read(record, 0, 0, 0, instrument -> null)).isInstanceOf(MarketInput.ClockTick.class);
    }

    private MarketInput read(String record) {
        return records.read(
                        record.getBytes(StandardCharsets.UTF_8),
                        3,
                        77,
                        9,
                        instrument -> instrument.equals("ELSEWHERE") ? "lies elsewhere" : null)
                .plain();
    }
}
