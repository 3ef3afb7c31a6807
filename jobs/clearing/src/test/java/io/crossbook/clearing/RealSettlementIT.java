package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crossbook.clearing.TestHouse.Cleared;
import io.crossbook.clearing.settlement.MinorUnits;
import io.crossbook.model.Decimal;
import io.crossbook.model.InstrumentKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds clearings to what exchanges published, beside the repository or where {@code crossbook.data} says:
 * {@code settlement/b3_settlement_DATE.csv.gz} and {@code settlement/nse_cash_DATE.csv.gz}.
 */
class RealSettlementIT {
    private static final CSVFormat WITH_HEADER = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .get();

    /**
     * BRL for a point of one contract. Coffee is quoted in dollars, at the 3.2593 BRL that the file implies: 100 times that
     * for ICF, 50 times for ISP.
     */
    private static final Map<String, String> POINT_VALUES = Map.ofEntries(
            Map.entry("DOL", "50"),
            Map.entry("EUR", "50"),
            Map.entry("JPY", "50"),
            Map.entry("WDO", "10"),
            Map.entry("IND", "1"),
            Map.entry("WIN", "0.2"),
            Map.entry("DI1", "1"),
            Map.entry("BGI", "330"),
            Map.entry("CCM", "450"),
            Map.entry("ICF", "325.93"),
            Map.entry("ISP", "162.965"));

    private static final List<String> NSE_DAYS =
            List.of("2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04", "2025-09-05", "2025-09-08");

    private static TestHouse house;

    @BeforeAll
    static void open() throws IOException, SQLException {
        house = TestHouse.open("real_settlement");
    }

    @AfterAll
    static void close() throws IOException {
        house.close();
    }

    /** The file, or a skipped test with the reason printed. */
    private static List<CSVRecord> realData(String name) throws IOException {
        Path path = Path.of(System.getProperty("crossbook.data", "../../../shared/data"), "settlement", name);
        boolean there = Files.isReadable(path);
        if (!there) {
            System.out.println("skipped: no real data at " + path + "; set -Dcrossbook.data");
        }
        assumeTrue(there, () -> "no real data at " + path);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8));
                CSVParser lines = CSVParser.parse(reader, WITH_HEADER)) {
            return lines.getRecords();
        }
    }

    private static Decimal number(CSVRecord line, String column) {
        return Decimal.parse(line.get(column));
    }

    @Test
    void twoClearingsGiveTheVariationThatB3Published() throws Exception {
        List<CSVRecord> published = realData("b3_settlement_2018-01-02.csv.gz");
        assertThat(published).hasSize(155).allSatisfy(line -> assertThat(line.get("variation_value_per_contract"))
                .isNotEmpty());
        // Four contracts have a second line, of the session after hours.
        Map<String, CSVRecord> contracts = published.stream()
                .collect(Collectors.toMap(
                        line -> line.get("symbol"), line -> line, (line, again) -> line, TreeMap::new));
        TradingRun run = new TradingRun("b3");
        contracts.forEach((symbol, line) -> {
            run.of(TradingRun.instrument(
                    symbol,
                    InstrumentKind.FUTURE,
                    "BRL",
                    "0.001",
                    POINT_VALUES.get(line.get("product")),
                    "bvmf",
                    null));
            run.trade(symbol, "2017-12-28T15:00:00Z", "1", line.get("previous_settlement"), "LONG", "SHORT");
        });
        run.storeIn(house);

        Cleared before = house.clear("b3", "2017-12-28")
                .calendar("bvmf")
                .settlementPrices(prices(contracts, "previous_settlement"))
                .cleared();
        Cleared day = house.clear("b3", "2018-01-02")
                .calendar("bvmf")
                .settlementPrices(prices(contracts, "settlement"))
                .cleared();

        assertThat(before.lines("variation.csv")).allMatch(line -> line.endsWith(",BRL,0"));
        Map<String, Decimal> exact = new HashMap<>();
        for (String row : house.ask("""
                SELECT instrument, amount FROM variation_margins JOIN clearing_runs USING (clearing_no)
                WHERE run_id = 'b3' AND business_date = '2018-01-02' AND member = 'LONG'
                """)) {
            exact.put(row.substring(0, row.indexOf('|')), Decimal.parse(row.substring(row.indexOf('|') + 1)));
        }
        List<String> paid = day.lines("variation.csv");
        assertThat(exact).hasSize(contracts.size());
        assertThat(paid).hasSize(2 * contracts.size());
        for (CSVRecord line : published) {
            String symbol = line.get("symbol");
            Decimal amount =
                    number(line, "variation_points").times(Decimal.parse(POINT_VALUES.get(line.get("product"))));
            assertThat(exact.get(symbol)).as(symbol).isEqualTo(amount);
            assertThat(amount).as(symbol).isEqualTo(number(line, "variation_value_per_contract"));
            assertThat(paid)
                    .contains("LONG," + symbol + ",BRL," + MinorUnits.rounded(amount, "BRL"))
                    .contains("SHORT," + symbol + ",BRL," + MinorUnits.rounded(amount.negate(), "BRL"));
        }
    }

    private static String[] prices(Map<String, CSVRecord> contracts, String column) {
        return contracts.entrySet().stream()
                .map(each -> each.getKey() + ',' + each.getValue().get(column) + ",published")
                .toArray(String[]::new);
    }

    @Test
    void previousPricesAreThoseThatNsePublished() throws Exception {
        List<List<CSVRecord>> published = new ArrayList<>();
        for (String date : NSE_DAYS) {
            published.add(realData("nse_cash_" + date + ".csv.gz"));
        }
        new TradingRun("nse").storeIn(house);
        Map<String, Integer> lastSeen = new HashMap<>();
        int ofTheDayBefore = 0;
        int ofAnEarlierDay = 0;
        for (int day = 0; day < NSE_DAYS.size(); day++) {
            Cleared cleared = house.clear("nse", NSE_DAYS.get(day))
                    .calendar("xbom")
                    .settlementPrices(published.get(day).stream()
                            .map(line -> key(line) + ',' + line.get("CLOSE") + ",published")
                            .toArray(String[]::new))
                    .cleared();
            Map<String, List<String>> prices = cleared.lines("prices.csv").stream()
                    .map(line -> List.of(line.split(",", -1)))
                    .collect(Collectors.toMap(line -> line.get(0), line -> line));
            for (CSVRecord line : published.get(day)) {
                List<String> price = prices.get(key(line));
                assertThat(price).as(key(line)).isNotNull();
                assertThat(Decimal.parse(price.get(1))).as(key(line)).isEqualTo(number(line, "CLOSE"));
                Integer seen = lastSeen.put(key(line), day);
                if (seen == null) {
                    assertThat(price.get(2)).as(key(line)).isEmpty();
                    continue;
                }
                assertThat(Decimal.parse(price.get(2)))
                        .as("previous price of " + key(line) + " on " + NSE_DAYS.get(day))
                        .isEqualTo(number(line, "PREVCLOSE"));
                if (seen == day - 1) {
                    ofTheDayBefore++;
                } else {
                    ofAnEarlierDay++;
                }
            }
        }
        // All lines of a key that was there on an earlier day; where that is not the day before, its last close is
        // carried.
        assertThat(ofTheDayBefore).isEqualTo(14_562);
        assertThat(ofAnEarlierDay).isEqualTo(178);
    }

    private static String key(CSVRecord line) {
        return line.get("SYMBOL") + '.' + line.get("SERIES");
    }
}
