package io.crossbook.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    private static final String HOSTILE = "</script><script>alert('x')</script>\u2028&";

    @TempDir
    private Path folder;

    private Path snapshots;
    private Path page;
    private @Nullable Decimal capital;

    @BeforeEach
    void writeRun() throws IOException {
        snapshots = folder.resolve("internal").resolve("pnl_snapshots.csv");
        page = folder.resolve("report.html");
        Files.createDirectories(snapshots.getParent());
        Files.writeString(folder.resolve("run.json"), """
                {"run_id": "<b>day</b>", "mode": "backtest", "trades": 3,
                 "config": {"state": "heap", "data_dir": "somewhere"},
                 "first_timestamp": "2024-03-04T09:00:00.000000000Z", "last_timestamp": "2024-03-04T09:05:00.000000000Z",
                 "instruments": [{"instrument": "A", "currency": "USD", "trades": 2},
                                 {"instrument": "B", "currency": "EUR", "trades": 1},
                                 {"instrument": "quiet", "currency": "EUR", "trades": 0}]}
                """);
        rows(folder, RunFile.TRADES, """
                A,1,A-1,5,2024-03-04T09:01:00.000000000Z,10,4,BUY,m,t,t,m,ann,bob
                A,2,A-2,6,2024-03-04T09:01:00.900000000Z,12.5,1,,,,t,m,bob,ann
                B,1,B-1,2,2024-03-04T09:04:59.000000000Z,7,2,SELL,m,t,m,t,ann,bob
                """);
        rows(folder, RunFile.ORDERS, """
                A,o1,1,ann,BUY,LIMIT,GTC,10,4,4,0,10,FILLED,,x,x
                A,o2,2,ann,BUY,LIMIT,GTC,10,4,1,0,10,CANCELLED,,x,x
                A,o3,3,bob,SELL,LIMIT,GTC,10,4,0,0,,REJECTED,OFF_TICK,x,x
                A,o4,4,bob,SELL,MARKET,GTC,,4,0,0,,CANCELLED,IMMEDIATE_REMAINDER,x,x
                """);
        rows(folder, RunFile.REALIZED, """
                A,1,ann,A-1,A-2,BUY,1,10,12.5,2.5,2024-03-04T09:01:00.900000000Z
                A,2,ann,A-1,A-2,BUY,1,10,9,-1,2024-03-04T09:01:00.900000000Z
                """);
        rows(folder, RunFile.POSITIONS, """
                ann,A,3,10,1.5,12,6,0.5,7
                ann,B,2,7,0,,,0.25,
                bob,A,-3,10,-1.5,12,-6,0,-7.5
                """);
        rows(folder, RunFile.REJECTS, """
                f.csv,7,A,3,o3,OFF_TICK,first,raw
                f.csv,8,A,4,o5,OFF_TICK,second,raw
                f.csv,3,,,,NOT_A_NUMBER,no number,raw
                """);
        rows(snapshots.getParent(), RunFile.PNL_SNAPSHOTS, """
                ann,A,2024-03-04T09:01:00.000000000Z,3,10,0,10,0,0,1
                bob,A,2024-03-04T09:01:00.000000000Z,-3,10,0,10,0,0,-1
                ann,A,2024-03-04T09:03:00.000000000Z,3,10,0,10,0,0,5
                ann,B,2024-03-04T09:02:00.000000000Z,2,7,0,7,0,0,2
                """);
    }

    @Test
    void candlesHoldTheTradesOfTheirInterval() throws IOException {
        JsonNode instruments = figures().path("instruments").path("list");
        assertThat(instruments).hasSize(3);
        JsonNode first = instruments.get(0);
        assertThat(first.path("instrument").asText()).isEqualTo("A");
        assertThat(first.path("candles")).hasSize(1);
        assertThat(first.path("candles").get(0).toString()).isEqualTo("[1709542860,10.0,12.5,10.0,12.5,5.0]");
        assertThat(first.path("vwap").asDouble()).isEqualTo(10.5);
    }

    @Test
    void theLargestTradesNameTheirParties() throws IOException {
        JsonNode trade = figures()
                .path("instruments")
                .path("list")
                .get(0)
                .path("largest_trades")
                .get(0);
        assertThat(trade.path("side").asText()).isEqualTo("BUY");
        assertThat(trade.path("buyer").asText()).isEqualTo("ann");
        assertThat(trade.path("seller").asText()).isEqualTo("bob");
    }

    @Test
    void clientsAreSummedPerCurrencyAndPositionsWithoutAMarkAreCounted() throws IOException {
        JsonNode clients = figures().path("clients");
        JsonNode dollars = clients.path("USD").path("list");
        assertThat(dollars.get(0).path("client").asText())
                .as("largest first, of either sign")
                .isEqualTo("bob");
        assertThat(dollars.get(1).path("net").asText()).isEqualTo("7");
        assertThat(dollars.get(1).path("closed").asInt()).isEqualTo(2);
        assertThat(dollars.get(1).path("won").asInt()).isEqualTo(1);
        JsonNode euros = clients.path("EUR").path("list").get(0);
        assertThat(euros.path("unmarked").asInt()).isEqualTo(1);
        assertThat(euros.path("fees").asText()).isEqualTo("0.25");
        assertThat(euros.path("net").asText()).isEqualTo("0");
    }

    @Test
    void aCurveGoesOnAtItsLastValueBetweenSnapshots() throws IOException {
        JsonNode equity = figures().path("equity");
        assertThat(equity.path("seconds").asLong()).isEqualTo(1);
        JsonNode ann = equity.path("currencies").path("USD").get(1);
        assertThat(ann.path("client").asText()).isEqualTo("ann");
        assertThat(ann.path("net").get(59).asDouble()).isZero();
        assertThat(ann.path("net").get(60).asDouble()).isEqualTo(1);
        assertThat(ann.path("net").get(179).asDouble()).isEqualTo(1);
        assertThat(ann.path("net").get(300).asDouble()).isEqualTo(5);
    }

    @Test
    void aTearSheetHasTurnoverDrawdownAndWhatClosedLotsMade() throws IOException {
        rows(snapshots.getParent(), RunFile.PNL_SNAPSHOTS, """
                ann,A,2024-03-04T09:01:00.000000000Z,3,10,0,10,0,0,8
                ann,A,2024-03-04T09:02:00.000000000Z,3,10,0,10,0,0,-2
                ann,A,2024-03-04T09:03:00.000000000Z,3,10,0,10,0,0,7
                """);
        JsonNode ann = figures().path("clients").path("USD").path("list").get(1);
        assertThat(ann.path("turnover").asText()).as("4 × 10 and 1 × 12.5").isEqualTo("52.5");
        assertThat(ann.path("won_amount").asText()).isEqualTo("2.5");
        assertThat(ann.path("lost_amount").asText()).isEqualTo("-1");
        assertThat(ann.path("drawdown").asText()).isEqualTo("-10");
        assertThat(ann.path("days").asInt()).isEqualTo(1);
        assertThat(ann.path("sharpe").isNull()).isTrue();
        assertThat(ann.has("return")).as("a percentage without a capital").isFalse();

        capital = Decimal.parse("92");
        JsonNode ofCapital = figures().path("clients").path("USD").path("list").get(1);
        assertThat(ofCapital.path("return").asText()).as("7 of 92").isEqualTo("0.076087");
        assertThat(ofCapital.path("drawdown_share").asText()).as("10 of 92 + 8").isEqualTo("-0.1");
    }

    @Test
    void theRatioOfSharpeIsOfTwentyDaysOrMore() throws IOException {
        Files.writeString(folder.resolve("run.json"), """
                {"run_id": "month", "first_timestamp": "2024-03-01T00:00:00.000000000Z",
                 "last_timestamp": "2024-03-31T00:00:00.000000000Z", "instruments": [{"instrument": "A", "currency": "USD"}]}
                """);
        StringBuilder rows = new StringBuilder();
        int net = 0;
        for (int day = 1; day <= 20; day++) {
            net += day % 2 == 0 ? 1 : 3;
            rows.append("ann,A,2024-03-%02dT12:00:00.000000000Z,3,10,0,10,0,0,%d\n".formatted(day, net));
        }
        rows(snapshots.getParent(), RunFile.PNL_SNAPSHOTS, rows.toString());
        JsonNode ann = figures().path("clients").path("USD").path("list").get(1);
        // Ten days of 1 and ten of 3: mean 2, squares 20, deviation √(20/19).
        assertThat(ann.path("sharpe").asDouble()).isCloseTo(2 / Math.sqrt(20.0 / 19) * Math.sqrt(252), within(1e-9));

        rows(snapshots.getParent(), RunFile.PNL_SNAPSHOTS, rows.substring(0, rows.lastIndexOf("ann")));
        assertThat(figures()
                        .path("clients")
                        .path("USD")
                        .path("list")
                        .get(1)
                        .path("sharpe")
                        .isNull())
                .as("of 19 days")
                .isTrue();
    }

    @Test
    void fillRatiosLeaveRejectedOrdersOut() throws IOException {
        JsonNode orders = figures().path("orders");
        JsonNode limit = orders.path("by_type").get(0);
        assertThat(limit.path("name").asText()).isEqualTo("LIMIT GTC");
        assertThat(limit.path("fill_ratio").asDouble()).isEqualTo(0.625);
        assertThat(limit.path("whole").asInt()).isEqualTo(1);
        assertThat(limit.path("part").asInt()).isEqualTo(1);
        assertThat(limit.path("rejected").asInt()).isEqualTo(1);
        assertThat(orders.path("all").get(0).path("orders").asInt()).isEqualTo(4);
    }

    @Test
    void rejectsAreCountedByReasonWithTheirFirstCase() throws IOException {
        JsonNode rejects = figures().path("rejects");
        assertThat(rejects.get(0).path("code").asText()).isEqualTo("OFF_TICK");
        assertThat(rejects.get(0).path("number").asInt()).isEqualTo(2);
        assertThat(rejects.get(0).path("message").asText()).isEqualTo("first");
        assertThat(rejects.get(1).path("unreadable").asBoolean()).isTrue();
    }

    @Test
    void hostileIdsEndNoElementAndReachThePageUnchanged() throws IOException {
        rows(folder, RunFile.POSITIONS, "\"" + HOSTILE + "\",A,3,10,1.5,12,6,0.5,7\n");
        String html = write();
        assertThat(html).doesNotContain("alert('x')</script>").doesNotContain("\u2028");
        assertThat(html).contains("<title>&lt;b&gt;day&lt;/b&gt; · Crossbook</title>");
        JsonNode client = figures(html).path("clients").path("USD").path("list").get(0);
        assertThat(client.path("client").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void marksInTheDataAreNotReplaced() throws IOException {
        rows(folder, RunFile.POSITIONS, "{{script}},A,3,10,1.5,12,6,0.5,7\n");
        assertThat(figures()
                        .path("clients")
                        .path("USD")
                        .path("list")
                        .get(0)
                        .path("client")
                        .asText())
                .isEqualTo("{{script}}");
    }

    @Test
    void loadsNothingFromAnywhere() throws IOException {
        String html = write();
        assertThat(html).contains("default-src 'none'");
        assertThat(html).doesNotContain(" src=").doesNotContain("<link");
    }

    @Test
    void aRunWithoutSnapshotsOrRowsHasAPageToo() throws IOException {
        Files.delete(snapshots);
        for (RunFile file :
                List.of(RunFile.TRADES, RunFile.ORDERS, RunFile.REALIZED, RunFile.POSITIONS, RunFile.REJECTS)) {
            rows(folder, file, "");
        }
        Files.writeString(folder.resolve("run.json"), "{\"run_id\": \"empty\", \"first_timestamp\": null}");
        assertThat(figures().path("equity").path("currencies")).isEmpty();
    }

    @Test
    void aMissingFileLeavesTheOldPage() throws IOException {
        Files.writeString(page, "old");
        Files.delete(folder.resolve("orders.csv"));
        assertThatThrownBy(() -> ReportWriter.write(folder, snapshots, capital, page))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(page).hasContent("old");
    }

    @Test
    void theTimeAxisStaysShortHoweverLongTheRun() {
        for (long span : new long[] {0, 1, 519, 520, 86_400, 400L * 86_400, 80_000L * 86_400}) {
            TimeAxis axis = TimeAxis.of(1_709_542_861, 1_709_542_861 + span);
            assertThat(axis.size()).as("span %s", span).isBetween(1, 522);
            assertThat(axis.index(1_709_542_861 + span)).isEqualTo(axis.size() - 1);
            assertThat(axis.start(0)).isLessThanOrEqualTo(1_709_542_861);
        }
    }

    private JsonNode figures() throws IOException {
        return figures(write());
    }

    private static JsonNode figures(String html) throws IOException {
        String begin = "<script type=\"application/json\" id=\"figures\">";
        int from = html.indexOf(begin) + begin.length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }

    private String write() throws IOException {
        ReportWriter.write(folder, snapshots, capital, page);
        return Files.readString(page);
    }

    private static void rows(Path folder, RunFile file, String rows) throws IOException {
        Files.writeString(folder.resolve(file.fileName()), file.header() + "\n" + rows);
    }
}
