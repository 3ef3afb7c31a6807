package io.crossbook.replay.kafka;

import static io.crossbook.testkit.Orders.buy;
import static io.crossbook.testkit.Orders.cancel;
import static io.crossbook.testkit.Orders.clock;
import static io.crossbook.testkit.Orders.fill;
import static io.crossbook.testkit.Orders.keyed;
import static io.crossbook.testkit.Orders.sell;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.matching.LiveBook;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.InputHeader;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Origin;
import io.crossbook.model.Side;
import io.crossbook.model.Topics;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.pnl.LiveLedger;
import io.crossbook.testkit.Inputs;
import io.crossbook.testkit.InstrumentBuilder;
import io.crossbook.testkit.Orders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
    private static final Instrument INSTRUMENT =
            InstrumentBuilder.instrument(Orders.SYMBOL).build();
    private static final Topics TOPICS = new Topics("t");
    private static final String HEAD = "{\"run_id\":\"live\",\"instrument\":\"ESH4\",";
    private static final String TIME = "\"timestamp\":\"1970-01-01T00:00:00.000000000Z\"";

    private final LiveBook book = new LiveBook(INSTRUMENT, new MatchingSettings(true, true, 0, true, true, true));
    private final LiveLedger ledger = new LiveLedger(INSTRUMENT, new LedgerSettings(true, true, true));
    private final EventRecords records =
            new EventRecords("live", TOPICS, new Instruments(List.of(INSTRUMENT)), TOPICS.sources(2));
    private long offset = 40;

    @Test
    void theExecutionsOfACommandNameItsPlaceAndTheLastSaysSo() {
        send(sell("A1").lots(5).at(10));

        assertThat(send(buy("B1").of("bob").lots(3).at(10)).stream().filter(each -> each.startsWith("t.executions")))
                .hasSize(3)
                .allMatch(each -> each.contains("\"source\":{\"partition\":1,\"offset\":42}"))
                .satisfiesExactly(
                        entered -> assertThat(entered)
                                .contains("\"event_no\":1", "\"exec_type\":\"NEW\"", "\"order_id\":\"B1\"")
                                .doesNotContain("\"last\""),
                        maker -> assertThat(maker)
                                .contains(
                                        "\"exec_type\":\"TRADE\"", "\"order_id\":\"A1\"", "\"contra_order_id\":\"B1\"")
                                .doesNotContain("\"last\""),
                        taker -> assertThat(taker)
                                .contains("\"event_no\":3", "\"ord_status\":\"FILLED\"", "\"trade_id\":\"ESH4-1\"")
                                .contains("\"last\":true"));
    }

    @Test
    void aTradeIsItsRowAndEachTouchedPositionIsTold() {
        send(sell("A1").lots(5).at(10));
        List<String> said = send(buy("B1").of("bob").lots(3).at(10));

        assertThat(said)
                .contains("t.trades ESH4 " + HEAD + "\"trade_no\":1,\"trade_id\":\"ESH4-1\",\"sequence\":2," + TIME
                        + ",\"price\":\"10\",\"quantity\":\"3\",\"aggressor_side\":\"BUY\",\"maker_order_id\":\"A1\","
                        + "\"taker_order_id\":\"B1\",\"buy_order_id\":\"B1\",\"sell_order_id\":\"A1\","
                        + "\"buy_client_id\":\"bob\",\"sell_client_id\":\"alice\",\"event_no\":1}")
                .contains("t.pnl ESH4 {\"run_id\":\"live\",\"client_id\":\"bob\",\"instrument\":\"ESH4\","
                        + "\"net_quantity\":\"3\",\"average_price\":\"10\",\"realized_pnl\":\"0\",\"fees\":\"0\","
                        + "\"closed_quantity\":\"0\",\"sequence\":2,\"event_no\":1," + TIME + "}");
    }

    @Test
    void aCommandWithoutAnExecutionGetsAStatusAndADuplicateNamesTheFirst() {
        send(keyed("k", buy("B1").lots(5).at(10)));

        assertThat(send(keyed("k", buy("B1").lots(5).at(10))))
                .containsExactly("t.executions ESH4 " + HEAD + "\"sequence\":2,\"event_no\":1," + TIME
                        + ",\"exec_type\":\"STATUS\",\"duplicate_of\":1,\"last\":true,"
                        + "\"source\":{\"partition\":1,\"offset\":42}}");
        assertThat(send(clock(0)))
                .containsExactly("t.executions ESH4 " + HEAD + "\"sequence\":3,\"event_no\":1," + TIME
                        + ",\"exec_type\":\"STATUS\",\"last\":true,\"source\":{\"partition\":1,\"offset\":43}}");
    }

    @Test
    void aChangedBookIsToldWithAChecksumAnyoneCanCompute() {
        // printf 'BUY:10:5;' | python3 -c 'import sys, zlib; print(zlib.crc32(sys.stdin.buffer.read()))'
        assertThat(send(buy("B1").lots(5).at(10)))
                .contains("t.book ESH4 " + HEAD + "\"sequence\":1,\"event_no\":1," + TIME
                        + ",\"levels\":[{\"side\":\"BUY\",\"price\":\"10\",\"quantity\":\"5\",\"orders\":1}],"
                        + "\"checksum\":CRC}".replace("CRC", Long.toString(crc("BUY:10:5;"))));
        assertThat(send(cancel("B1")))
                .contains("t.book ESH4 " + HEAD + "\"sequence\":2,\"event_no\":1," + TIME
                        + ",\"levels\":[{\"side\":\"BUY\",\"price\":\"10\",\"quantity\":\"0\",\"orders\":0}],"
                        + "\"checksum\":0}");
    }

    private static long crc(String text) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    @Test
    void everyThousandthSequenceTellsTheWholeBook() {
        send(buy("B1").lots(5).at(10));
        List<String> said = List.of();
        for (int i = 2; i <= 1_000; i++) {
            said = send(clock(0));
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(0))
                .startsWith("t.book ESH4 ")
                .contains("\"sequence\":1000", "\"snapshot\":true", "\"price\":\"10\",\"quantity\":\"5\"");
    }

    @Test
    void aRefusedCommandIsARejectWithItsPlace() {
        assertThat(send(cancel("nothing")))
                .anyMatch(each -> each.startsWith(
                                "t.rejects ESH4 {\"run_id\":\"live\",\"file\":\"t.commands-1\",\"line\":41,")
                        && each.endsWith("\"event_no\":1,\"topic\":\"t.commands\",\"partition\":1,\"offset\":41}"));
    }

    @Test
    void aRefusalSaysWhyInAWordAndInASentence() {
        assertThat(send(cancel("nothing")))
                .anyMatch(each -> each.startsWith("t.executions")
                        && each.contains("\"exec_type\":\"REJECTED\"")
                        && each.contains("\"reason\":\"UNKNOWN_ORDER\"")
                        && each.contains("\"text\":\"")
                        && each.contains("\"last\":true"));
    }

    @Test
    void aFillThatTheLedgerRefusesIsRejectedAndOneThatItTakesHasAStatus() {
        assertThat(send(fill("t1", "bob", Side.BUY, "10", "1")))
                .last()
                .asString()
                .contains("\"STATUS\"");
        assertThat(send(fill("t2", "bob", Side.BUY, "10", "-1")))
                .last()
                .asString()
                .contains(
                        "\"event_no\":1",
                        "\"REJECTED\"",
                        "\"INVALID_QUANTITY\"",
                        "\"text\":\"quantity must be above zero");
        assertThat(send(fill("t1", "bob", Side.BUY, "10", "1")))
                .last()
                .asString()
                .contains("\"duplicate_of\":1");
    }

    @Test
    void theLastExecutionCountsTheRecordsOfTheBook() {
        assertThat(send(buy("B1").lots(5).at(10))).last().asString().contains("\"last\":true,\"book_events\":1");
        assertThat(send(clock(0))).last().asString().doesNotContain("book_events");
    }

    @Test
    void aDuplicateIsSaidAlsoWhenAnOrderExpiredBeforeIt() {
        send(keyed("k", buy("B1").lots(5).at(10)));
        send(buy("B2").lots(5).until(50).at(9));

        assertThat(send(Orders.at(60, keyed("k", buy("B1").lots(5).at(10)))).stream()
                        .filter(each -> each.startsWith("t.executions")))
                .satisfiesExactly(
                        expired -> assertThat(expired).contains("\"EXPIRED\"").doesNotContain("\"last\""),
                        status -> assertThat(status)
                                .contains("\"event_no\":2", "\"STATUS\"", "\"duplicate_of\":1", "\"last\":true"));
    }

    private List<String> send(MarketInput command) {
        offset++;
        InputHeader header = command.header();
        MarketInput placed = Inputs.withHeader(
                command,
                new InputHeader(
                        header.instrument(),
                        header.transactTime(),
                        new Origin(1, offset, offset, 1),
                        header.idempotencyKey()));
        List<String> said = new ArrayList<>();
        book.apply(
                placed,
                event -> ledger.apply(
                        event,
                        told -> records.write(
                                told,
                                (topic, key, value) -> said.add(topic
                                        + ' '
                                        + new String(key, StandardCharsets.UTF_8)
                                        + ' '
                                        + new String(value, StandardCharsets.UTF_8)))));
        return said;
    }
}
