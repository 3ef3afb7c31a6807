package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.clearing.TestHouse.Cleared;
import io.crossbook.model.InstrumentKind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Days small enough to be worked out by hand, through the whole job on a real database. */
class WorkedCasesIT {
    private static final String MONDAY = "2024-03-04";
    private static final String TUESDAY = "2024-03-05";
    private static final String WEDNESDAY = "2024-03-06";
    private static final String THURSDAY = "2024-03-07";

    private static TestHouse house;

    @BeforeAll
    static void open() throws IOException, SQLException {
        house = TestHouse.open("worked_cases");
    }

    @AfterAll
    static void close() throws IOException {
        house.close();
    }

    /** A carries +5 and B −5, cleared at 100; on Tuesday A sells 2 to C at 101.50, and 3 to B at 99. */
    private static void tradeFutures(String runId) throws SQLException {
        new TradingRun(runId)
                .future("F", "0.25", "10")
                .trade("F", "2024-03-04T10:00:00Z", "5", "100", "A", "B")
                .trade("F", "2024-03-05T10:00:00Z", "2", "101.5", "C", "A")
                .trade("F", "2024-03-05T11:00:00Z", "3", "99", "B", "A")
                .storeIn(house);
    }

    /** What a clearing posted to each member in all, in whole minor units. */
    private static List<String> posted(String runId, String date, int runNo) throws SQLException {
        return house.ask("""
                SELECT split_part(account, ':', 2), sum(amount)::numeric(20, 2)
                FROM journal JOIN clearing_runs USING (clearing_no)
                WHERE run_id = ? AND business_date = ?::date AND run_no = ? AND account LIKE 'member:%:cash'
                GROUP BY account ORDER BY account
                """, runId, date, runNo);
    }

    @Test
    void marksWhatWasCarriedFromTheSettlementBeforeAndWhatWasTradedFromItsPrice() throws Exception {
        tradeFutures("futures");
        Cleared first =
                house.clear("futures", MONDAY).settlementPrices("F,100,opening").cleared();
        assertThat(first.lines("positions.csv")).containsExactly("A,F,0,5,100", "B,F,0,-5,100");
        assertThat(first.lines("variation.csv")).containsExactly("A,F,USD,0", "B,F,USD,0");

        Cleared second = house.clear("futures", TUESDAY)
                .settlementPrices("F,102.25,closing auction")
                .cleared();
        assertThat(second.lines("positions.csv"))
                .containsExactly("A,F,5,0,102.25", "B,F,-5,-2,102.25", "C,F,0,2,102.25");
        assertThat(second.lines("prices.csv")).containsExactly("F,102.25,100,MANUAL,0");
        assertThat(second.lines("variation.csv")).containsExactly("A,F,USD,0", "B,F,USD,-15", "C,F,USD,15");
        assertThat(posted("futures", TUESDAY, 1)).containsExactly("B|-15.00", "C|15.00");
        assertThat(second.lines("members/B/variation.csv")).containsExactly("F,USD,10,-5,100,3,297,102.25,-15,,");
    }

    @Test
    void aBustIsPostedAsTheDifferenceToWhatWasPostedBefore() throws Exception {
        tradeFutures("busted");
        house.clear("busted", MONDAY).settlementPrices("F,100,opening").cleared();
        house.clear("busted", TUESDAY)
                .settlementPrices("F,102.25,closing auction")
                .cleared();

        Cleared again = house.clear("busted", TUESDAY)
                .settlementPrices("F,102.25,closing auction")
                .corrections("F-3,1,CANCEL,,,entered twice")
                .because("bust of F-3")
                .cleared();

        assertThat(again.lines("positions.csv"))
                .containsExactly("A,F,5,3,102.25", "B,F,-5,-5,102.25", "C,F,0,2,102.25");
        assertThat(again.lines("variation.csv")).containsExactly("A,F,USD,97.5", "B,F,USD,-112.5", "C,F,USD,15");
        assertThat(posted("busted", TUESDAY, 2)).containsExactly("A|97.50", "B|-97.50", "C|0.00");
        assertThat(again.lines("journal.csv"))
                .contains(
                        "REVERSAL:VM:F:B,1,member:B:cash,USD,15,reversal of 2024-03-05 before run 2",
                        "REVERSAL:VM:F:B,2,house,USD,-15,reversal of 2024-03-05 before run 2",
                        "VM:F:B,1,member:B:cash,USD,-112.5,variation margin F 2024-03-05")
                .noneMatch(line -> line.startsWith("REVERSAL:VM:F:A"));
        assertThat(again.lines("balances.csv").stream()
                        .map(line -> line.replaceAll(",USD,.*,", " "))
                        .toList())
                .contains("member:A:cash 97.5", "member:B:cash -112.5", "member:C:cash 15", "house 0");
        assertThat(again.lines("members/A/variation.csv")).containsExactly("F,USD,10,5,100,-2,-203,102.25,97.5,0,97.5");
        assertThat(again.lines("members/B/variation.csv"))
                .containsExactly("F,USD,10,-5,100,0,0,102.25,-112.5,-15,-97.5");
        assertThat(again.lines("members/C/variation.csv")).containsExactly("F,USD,10,0,100,2,203,102.25,15,15,0");
        assertThat(house.ask("SELECT run_no, official FROM clearing_runs WHERE run_id = 'busted' AND business_date ="
                        + " '2024-03-05' ORDER BY run_no"))
                .containsExactly("1|f", "2|t");
    }

    @Test
    void whatIsNotDeliveredIsCarriedAtTheDaysPrice() throws Exception {
        new TradingRun("equity")
                .equity("E", "0.01", 2)
                .trade("E", "2024-03-04T10:00:00Z", "100", "20", "M1", "M2")
                .trade("E", "2024-03-04T11:00:00Z", "60", "21", "M2", "M3")
                .trade("E", "2024-03-04T12:00:00Z", "40", "19", "M3", "M1")
                .storeIn(house);
        Cleared monday =
                house.clear("equity", MONDAY).settlementPrices("E,20,close").cleared();
        assertThat(monday.lines("obligations.csv"))
                .containsExactly(
                        "M1,E,2024-03-06,60,-1240,USD", "M2,E,2024-03-06,-40,740,USD", "M3,E,2024-03-06,-20,500,USD");
        assertThat(monday.lines("variation.csv")).isEmpty();
        assertThat(monday.lines("journal.csv")).isEmpty();
        Cleared tuesday =
                house.clear("equity", TUESDAY).settlementPrices("E,21,close").cleared();
        assertThat(tuesday.lines("obligations.csv")).isEqualTo(monday.lines("obligations.csv"));

        Cleared wednesday = house.clear("equity", WEDNESDAY)
                .settlementPrices("E,22,close")
                .deliveries("M2,E,2024-03-06,25")
                .cleared();
        assertThat(posted("equity", WEDNESDAY, 1)).containsExactly("M1|-910.00", "M2|410.00", "M3|500.00");
        assertThat(wednesday.lines("obligations.csv"))
                .containsExactly(
                        "M1,E,2024-03-06,60,-1240,USD",
                        "M1,E,2024-03-07,15,-330,USD",
                        "M2,E,2024-03-06,-40,740,USD",
                        "M2,E,2024-03-07,-15,330,USD",
                        "M3,E,2024-03-06,-20,500,USD");
        assertThat(wednesday.lines("members/M2/settlement.csv"))
                .containsExactly("E,USD,2024-03-06,-40,740,-25,-15,22,410", "E,USD,2024-03-07,-15,330,,,,");

        Cleared thursday = house.clear("equity", THURSDAY).cleared();
        assertThat(thursday.lines("prices.csv")).containsExactly("E,22,22,PREVIOUS,0");
        assertThat(posted("equity", THURSDAY, 1)).containsExactly("M1|-330.00", "M2|330.00");
        assertThat(thursday.lines("obligations.csv"))
                .containsExactly("M1,E,2024-03-07,15,-330,USD", "M2,E,2024-03-07,-15,330,USD");
        assertThat(thursday.lines("balances.csv"))
                .contains("member:M1:cash,USD,-910,-1240", "member:M2:cash,USD,410,740", "member:M3:cash,USD,500,500");
    }

    @Test
    void settlesAtTheWindowElseAtTheLastTradeWithinTheClosingQuote() throws Exception {
        new TradingRun("prices")
                .future("AVERAGE", "0.25", "10")
                .future("TIE", "0.25", "10")
                .future("QUIET", "0.25", "10")
                .trade("TIE", "2024-03-04T10:00:00Z", "1", "100", "A", "B")
                .trade("AVERAGE", "2024-03-05T23:57:59.999999999Z", "1000", "90", "A", "B")
                .trade("AVERAGE", "2024-03-05T23:58:00Z", "10", "102", "A", "B")
                .trade("AVERAGE", "2024-03-05T23:59:00Z", "30", "102.25", "B", "C")
                .trade("AVERAGE", "2024-03-05T23:59:59.999999999Z", "20", "102.5", "C", "A")
                .trade("AVERAGE", "2024-03-06T00:00:00Z", "1000", "90", "A", "B")
                .trade("TIE", "2024-03-05T23:59:00Z", "10", "102.25", "A", "B")
                .trade("TIE", "2024-03-05T23:59:01Z", "10", "102.5", "A", "B")
                .trade("QUIET", "2024-03-05T09:00:00Z", "1", "103", "A", "B")
                .trade("QUIET", "2024-03-05T10:00:00Z", "1", "101", "A", "B")
                .quote("QUIET", "2024-03-05T10:00:01Z", "90", "91")
                .quote("QUIET", "2024-03-05T23:00:00Z", "101.5", "102")
                .quote("QUIET", "2024-03-06T00:00:01Z", "110", "111")
                .storeIn(house);
        house.clear("prices", MONDAY).settlementPrices("TIE,100,opening").cleared();

        Cleared tuesday = house.clear("prices", TUESDAY).cleared();

        assertThat(tuesday.lines("prices.csv"))
                .containsExactly(
                        "AVERAGE,102.25,,WINDOW_VWAP,60", "QUIET,101.5,,LAST_TRADE,0", "TIE,102.25,100,WINDOW_VWAP,20");
        assertThat(house.ask("""
                        SELECT instrument, trades, trim_scale(vwap), trim_scale(last_price), best_bid, best_ask
                        FROM settlement_prices JOIN clearing_runs USING (clearing_no)
                        WHERE run_id = 'prices' AND business_date = '2024-03-05' AND instrument <> 'AVERAGE'
                        ORDER BY instrument
                        """)).containsExactly("QUIET|0||101|101.5|102", "TIE|2|102.375|102.5||");
    }

    private static List<String> exactRequirements(String runId) throws SQLException {
        return house.ask("""
                SELECT member, requirement FROM margin_requirements JOIN clearing_runs USING (clearing_no)
                WHERE run_id = ? ORDER BY member
                """, runId);
    }

    /** M buys 7 of a multiplier of 10, settled at 102.25. */
    private static TestHouse.Request sevenAt10225(String runId) throws IOException, SQLException {
        new TradingRun(runId)
                .future("ESH4", "0.25", "10")
                .trade("ESH4", "2024-03-04T10:00:00Z", "7", "102.25", "M", "N")
                .storeIn(house);
        return house.clear(runId, MONDAY).settlementPrices("ESH4,102.25,close");
    }

    @Test
    void marginIsAShareOfTheGrossValue() throws Exception {
        Cleared cleared =
                sevenAt10225("fixed").margin("model: fixed", "rate: 8%").cleared();
        assertThat(cleared.lines("margin.csv"))
                .containsExactly("M,fixed,USD,572.6,0,572.6", "N,fixed,USD,572.6,0,572.6");
    }

    @Test
    void marginOfScannedPricesOffsetsRelatedContracts() throws Exception {
        new TradingRun("scan")
                .future("ESH4", "0.25", "1")
                .future("ESM4", "0.25", "1")
                .trade("ESH4", "2024-03-04T10:00:00Z", "10", "5000", "M", "N")
                .trade("ESM4", "2024-03-04T10:00:00Z", "6", "5050", "N", "M")
                .storeIn(house);
        Cleared cleared = house.clear("scan", MONDAY)
                .settlementPrices("ESH4,5000,close", "ESM4,5050,close")
                .margin(
                        "model: scan",
                        "scan_ranges: {ESH4: 50, ESM4: 45}",
                        "spreads:",
                        "  - {legs: [ESH4, ESM4], charge: 20}")
                .cleared();
        assertThat(cleared.lines("margin.csv")).containsExactly("M,scan,USD,350,0,350", "N,scan,USD,350,0,350");
    }

    @Test
    void marginOfHistoryIsStoredExactAndPublishedInMinorUnits() throws Exception {
        Cleared cleared = sevenAt10225("var")
                .margin("model: var", "returns: {ESH4: [-4%, -3%, -2%, -1%, 0, 0, 1%, 2%, 3%, 4%]}", "confidence: 90%")
                .cleared();
        assertThat(exactRequirements("var")).allSatisfy(line -> assertThat(line).matches("[MN]\\|214\\.7250*"));
        assertThat(cleared.lines("margin.csv"))
                .containsExactly("M,var,USD,214.72,0,214.72", "N,var,USD,214.72,0,214.72");
        assertThat(cleared.lines("members/M/margin.csv")).contains("USD,REQUIREMENT,var,,,,,214.725");
    }

    @Test
    void anOpenPositionWithoutAPriceIsRefusedUntilOneIsGiven() throws Exception {
        new TradingRun("unpriced")
                .future("F", "0.25", "10")
                .trade("F", "2024-03-02T10:00:00Z", "1", "100", "A", "B")
                .storeIn(house);
        assertThat(house.clear("unpriced", MONDAY).refused())
                .containsExactly(
                        "F is held, but has no settlement price: it did not trade, has no previous one, and none"
                                + " was given. Give one with --settlement-file (instrument,price,reason)");
        assertThat(house.ask("SELECT state, official FROM clearing_runs WHERE run_id = 'unpriced'"))
                .containsExactly("FAILED|f");
        assertThat(house.clear("unpriced", MONDAY)
                        .settlementPrices("F,100,given")
                        .cleared()
                        .lines("prices.csv"))
                .containsExactly("F,100,,MANUAL,0");
    }

    @Test
    void aDateThatIsNoBusinessDayIsRefused() throws Exception {
        tradeFutures("weekend");
        assertThat(house.clear("weekend", "2024-03-09").calendar("xnys").refused())
                .containsExactly(
                        "2024-03-09 is no business day of calendar xnys; the one before is 2024-03-08, the next"
                                + " 2024-03-11");
    }

    @Test
    void aDayBehindOneThatIsNotClearedIsRefused() throws Exception {
        tradeFutures("gap");
        house.clear("gap", MONDAY).settlementPrices("F,100,opening").cleared();
        assertThat(house.clear("gap", WEDNESDAY).refused())
                .containsExactly("the business day before 2024-03-06 is not cleared. First: ./crossbook clear --date"
                        + " 2024-03-05 --run gap");
        assertThat(house.clear("gap", "2024-03-03").refused())
                .containsExactly("run gap was cleared from 2024-03-04 on; 2024-03-03 lies before, and its trades are in"
                        + " that clearing");
    }

    @Test
    void aClearedDayIsRefusedWithoutAReason() throws Exception {
        tradeFutures("twice");
        house.clear("twice", MONDAY).settlementPrices("F,100,opening").cleared();
        assertThat(house.clear("twice", MONDAY).refused())
                .containsExactly("2024-03-04 of run twice is cleared (run 1). To clear it again, say why: ./crossbook"
                        + " clear --date 2024-03-04 --run twice --reason TEXT");
    }

    @Test
    void aCorrectionOfATradeThatIsNotOfTheDayIsRefusedAndTold() throws Exception {
        tradeFutures("corrected");
        house.clear("corrected", MONDAY).settlementPrices("F,100,opening").cleared();
        assertThat(house.clear("corrected", TUESDAY)
                        .settlementPrices("F,102.25,close")
                        .corrections("F-1,1,CANCEL,,,late", "F-9,1,CORRECT,101,,typed wrong")
                        .refused())
                .containsExactly(
                        "corrections.csv:2: trade F-1 belongs to 2024-03-04; correct it there: ./crossbook clear --date"
                                + " 2024-03-04 --corrections FILE --reason TEXT --cascade",
                        "corrections.csv:3: trade F-9 is not in run corrected");
    }

    @Test
    void aCorrectionThatWouldLeaveTheTickOrTheLotIsRefused() throws Exception {
        tradeFutures("off_grid");
        assertThat(house.clear("off_grid", MONDAY)
                        .settlementPrices("F,100,opening")
                        .corrections("F-1,1,CORRECT,100.1,,typed wrong", "F-1,2,CORRECT,,0.5,typed wrong")
                        .refused())
                .containsExactly(
                        "corrections.csv:2: trade F-1: price must be a multiple of the tick 0.25, was 100.1",
                        "corrections.csv:3: trade F-1: quantity must be a multiple of the lot 1, was 0.5");
    }

    @Test
    void ofALongReportThePageShowsTheFirstLinesAndTheFileAll() throws Exception {
        TradingRun busy = new TradingRun("busy").future("F", "0.25", "10");
        for (int trade = 0; trade < 201; trade++) {
            busy.trade("F", "2024-03-04T10:00:00Z", "1", "100", "A", "B");
        }
        busy.storeIn(house);
        Cleared cleared = house.clear("busy", MONDAY).cleared();
        assertThat(cleared.lines("members/A/trades.csv")).hasSize(201);
        assertThat(cleared.lines("members/A/statement.html"))
                .anyMatch(line -> line.contains("The first 200 of 201 lines; all are in <a href=\"trades.csv\">"))
                .filteredOn(line -> line.contains(">F-"))
                .hasSize(200);
    }

    @Test
    void aGivenPriceThatIsOffTheTickIsRefused() throws Exception {
        tradeFutures("off_tick");
        assertThat(house.clear("off_tick", MONDAY)
                        .settlementPrices("X,0.123,not traded here", "F,100.1,typed wrong")
                        .refused())
                .containsExactly(
                        "note: --settlement-file has prices of instruments that run off_tick neither describes nor trades,"
                                + " and they are kept: X",
                        "settlement-file.csv:3: the price of F must be a multiple of its tick 0.25, was 100.1");
    }

    @Test
    void aShortDeliveryOfWhatIsNotDueIsRefused() throws Exception {
        new TradingRun("nothing_due")
                .equity("E", "0.01", 2)
                .future("F", "0.25", "10")
                .trade("E", "2024-03-04T10:00:00Z", "100", "20", "M1", "M2")
                .trade("F", "2024-03-04T10:00:00Z", "1", "100", "M1", "M2")
                .storeIn(house);
        assertThat(house.clear("nothing_due", MONDAY)
                        .deliveries("M2,F,2024-03-04,0", "M2,G,2024-03-04,0")
                        .refused())
                .containsExactly(
                        "deliveries.csv:2: nothing is to be delivered in F",
                        "deliveries.csv:3: nothing is to be delivered in G");
        assertThat(house.clear("nothing_due", MONDAY)
                        .deliveries("M2,E,2024-03-06,0")
                        .refused())
                .containsExactly("deliveries.csv:2: M2 has nothing to deliver in E on 2024-03-06 that is due by"
                        + " 2024-03-04");
    }

    @Test
    void aDateThatTheCalendarDoesNotKnowIsRefused() throws Exception {
        tradeFutures("far");
        assertThat(house.clear("far", "2040-03-05").calendar("xnys").refused())
                .singleElement()
                .asString()
                .contains("xnys")
                .contains("2040-03-05 is outside");
    }

    @Test
    void aCorrectionCountsOnceItsClearingIsComplete() throws Exception {
        new TradingRun("forgotten")
                .future("F", "0.25", "10")
                .trade("F", "2024-03-02T10:00:00Z", "5", "100", "A", "B")
                .storeIn(house);
        assertThat(house.clear("forgotten", MONDAY)
                        .corrections("F-1,1,CORRECT,200,,typed wrong")
                        .refused())
                .singleElement()
                .asString()
                .startsWith("F is held, but has no settlement price");
        Cleared asTraded =
                house.clear("forgotten", MONDAY).settlementPrices("F,101,given").cleared();
        assertThat(asTraded.lines("variation.csv")).containsExactly("A,F,USD,50", "B,F,USD,-50");

        Cleared corrected = house.clear("forgotten", MONDAY)
                .settlementPrices("F,101,given")
                .corrections("F-1,1,CORRECT,100.5,,typed right")
                .because("price of F-1")
                .cleared();
        assertThat(corrected.lines("variation.csv")).containsExactly("A,F,USD,25", "B,F,USD,-25");
        Cleared again = house.clear("forgotten", MONDAY)
                .settlementPrices("F,102,given")
                .because("price of F")
                .cleared();
        assertThat(again.lines("variation.csv")).containsExactly("A,F,USD,75", "B,F,USD,-75");
        assertThat(house.clear("forgotten", MONDAY)
                        .settlementPrices("F,102,given")
                        .corrections("F-1,1,CORRECT,100.25,,typed otherwise")
                        .because("price of F-1")
                        .refused())
                .containsExactly("corrections.csv:2: trade F-1 has another version 1 already; a new correction needs a"
                        + " higher version");
    }

    @Test
    void whatTradesBehindTheSessionBelongsToTheNextDay() throws Exception {
        new TradingRun("sessions")
                .of(TradingRun.instrument("F", InstrumentKind.FUTURE, "USD", "0.25", "10", "xnys", null))
                .trade("F", "2024-03-04T20:59:59.999999999Z", "1", "100", "A", "B")
                .trade("F", "2024-03-04T21:00:00Z", "2", "101", "A", "B")
                .trade("F", "2024-03-05T20:00:00Z", "3", "102", "A", "B")
                .trade("F", "2024-03-05T23:00:00Z", "4", "103", "A", "B")
                .storeIn(house);

        Cleared monday = house.clear("sessions", MONDAY).calendar("xnys").cleared();
        Cleared tuesday = house.clear("sessions", TUESDAY).calendar("xnys").cleared();

        assertThat(monday.lines("members/A/trades.csv"))
                .singleElement()
                .asString()
                .startsWith("F,F-1,");
        assertThat(monday.lines("prices.csv")).containsExactly("F,100,,WINDOW_VWAP,1");
        assertThat(tuesday.lines("positions.csv")).containsExactly("A,F,1,6,102", "B,F,-1,-6,102");
        assertThat(tuesday.lines("prices.csv")).containsExactly("F,102,100,LAST_TRADE,0");
    }
}
