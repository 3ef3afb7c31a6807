package io.crossbook.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.clearing.TestHouse.Cleared;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A day that is cleared again takes the days behind it along: they end as if it had been right from the start. */
class CascadeIT {
    private static final String MONDAY = "2024-03-04";
    private static final String TUESDAY = "2024-03-05";
    private static final String WEDNESDAY = "2024-03-06";
    private static final String THURSDAY = "2024-03-07";

    private static TestHouse house;

    @BeforeAll
    static void open() throws IOException, SQLException {
        house = TestHouse.open("cascade");
    }

    @AfterAll
    static void close() throws IOException {
        house.close();
    }

    /** Three days in two instruments; in the run that goes wrong, a trade of the first day has to be busted. */
    private static void tradeThreeDays(String runId, boolean wrong) throws SQLException {
        TradingRun run = new TradingRun(runId)
                .future("F", "0.25", "10")
                .equity("E", "0.01", 1)
                .trade("F", "2024-03-04T10:00:00Z", "5", "100", "A", "B")
                .trade("E", "2024-03-04T10:00:00Z", "100", "20.01", "A", "B");
        if (wrong) {
            run.trade("F", "2024-03-04T11:00:00Z", "40", "130", "C", "B");
        }
        run.trade("F", "2024-03-04T23:59:00Z", "1", "101", "A", "B")
                .trade("F", "2024-03-05T10:00:00Z", "2", "101.5", "C", "A")
                .trade("E", "2024-03-05T23:59:00Z", "30", "21.37", "B", "C")
                .trade("F", "2024-03-06T23:59:00Z", "3", "99", "B", "A")
                .storeIn(house);
    }

    @Test
    void aBustOfTheFirstDayIsCarriedThroughAllThatWereClearedBehindIt() throws Exception {
        tradeThreeDays("wrong", true);
        tradeThreeDays("right", false);
        for (String date : List.of(MONDAY, TUESDAY, WEDNESDAY)) {
            house.clear("wrong", date).cleared();
            house.clear("right", date).cleared();
        }

        assertThat(house.clear("wrong", MONDAY)
                        .corrections("F-2,1,CANCEL,,,fat finger")
                        .because("bust")
                        .cleared()
                        .manifests())
                .hasSize(1);
        assertThat(house.clear("wrong", THURSDAY).refused())
                .containsExactly("2024-03-06 has to be cleared again, because a day before it was. First: ./crossbook"
                        + " clear --date 2024-03-06 --run wrong --reason TEXT");
        Cleared again = house.clear("wrong", MONDAY)
                .because("and all behind it")
                .cascade()
                .cleared();

        assertThat(again.manifests())
                .extracting(each -> each.path("run").path("business_date").asText()
                        + ' '
                        + each.path("run").path("run_no").asInt()
                        + ' '
                        + each.path("run").path("official").asBoolean())
                .containsExactly("2024-03-04 3 true", "2024-03-05 2 true", "2024-03-06 2 true");
        assertThat(house.ask("SELECT count(*) FROM clearing_runs WHERE run_id = 'wrong' AND stale"))
                .containsExactly("0");
        String chain = """
                SELECT day.business_date, before.business_date, before.official
                FROM clearing_runs day LEFT JOIN clearing_runs before ON before.clearing_no = day.previous_no
                WHERE day.run_id = 'wrong' AND day.official ORDER BY 1
                """;
        assertThat(house.ask(chain))
                .containsExactly("2024-03-04||", "2024-03-05|2024-03-04|t", "2024-03-06|2024-03-05|t");
        for (String table : List.of(
                "clearing_positions", "variation_margins", "obligations", "settlement_prices", "clearing_pnl")) {
            assertThat(official(table, "wrong")).as(table).isEqualTo(official(table, "right"));
        }
        assertThat(closings("wrong")).isEqualTo(closings("right"));
        assertThat(again.lines(2, "positions.csv"))
                .containsExactly(
                        "A,E,100,100,21.37",
                        "A,F,4,1,99",
                        "B,E,-70,-70,21.37",
                        "B,F,-6,-3,99",
                        "C,E,-30,-30,21.37",
                        "C,F,2,2,99");
    }

    /** The rows of the official clearings, without their number; what nobody is left with is not told apart from nothing. */
    private static List<String> official(String table, String runId) throws SQLException {
        String filter = table.equals("variation_margins") ? "amount <> 0" : "true";
        return house.ask(
                "SELECT business_date, (to_jsonb(t) - 'clearing_no')::text FROM " + table
                        + " t JOIN clearing_runs USING (clearing_no) WHERE run_id = ? AND official AND " + filter
                        + " ORDER BY 1, 2",
                runId);
    }

    private static List<String> closings(String runId) throws SQLException {
        return house.ask("""
                SELECT business_date, account, trim_scale(closing) FROM balances JOIN clearing_runs USING (clearing_no)
                WHERE run_id = ? AND official AND closing <> 0 ORDER BY 1, 2
                """, runId);
    }
}
