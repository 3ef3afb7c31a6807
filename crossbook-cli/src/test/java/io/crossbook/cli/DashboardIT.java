package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages of the dashboard in a real browser, held to what Postgres has of the demo. */
@Tag("browser")
class DashboardIT {
    private static ServedDemo demo;
    private static Browser browser;
    private static String address;

    @BeforeAll
    static void serveTheDemo() throws Exception {
        demo = ServedDemo.get();
        address = demo.address();
        browser = Browser.open();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<String> ask(String sql) throws Exception {
        return demo.ask(sql);
    }

    /** As a page shows a number: thousands set apart, a true minus. */
    private static String shown(String number) {
        return number.replaceAll("\\B(?=(\\d{3})+(?!\\d))", ",").replace("-", "−");
    }

    @Test
    void theRunPageShowsWhatTheRunCameTo() throws Exception {
        browser.go(address + "/#/demo/run");
        assertThat(browser.text("[data-figure=hash]"))
                .isEqualTo(ask("SELECT hash FROM runs WHERE run_id = 'demo'").get(0));
        assertThat(browser.text(".facts"))
                .contains(shown(
                        ask("SELECT input_rows FROM runs WHERE run_id = 'demo'").get(0)))
                .contains(shown(
                        ask("SELECT trades FROM runs WHERE run_id = 'demo'").get(0)));
        assertThat(browser.text(".page")).contains("All 18 checks hold");
        assertThat(browser.texts("section:nth-of-type(3) .choice button"))
                .hasSize(1
                        + ask("SELECT DISTINCT code FROM rejects WHERE run_id = 'demo'")
                                .size());
        browser.pictures("run");
    }

    @Test
    void theMarketPageShowsTheLastTradesAndTheBookAtTheEnd() throws Exception {
        browser.go(address + "/#/demo/market/ACME");
        assertThat(browser.texts("[aria-label='last trades'] tbody tr td:nth-child(2)"))
                .containsExactlyElementsOf(ask(
                        "SELECT to_char(price, 'FM999999990.00') FROM trades WHERE run_id = 'demo' AND instrument = 'ACME'"
                                + " ORDER BY timestamp DESC, trade_no DESC LIMIT 30"));
        assertThat(browser.texts(".ladder .bid .price"))
                .containsExactlyElementsOf(
                        ask("SELECT to_char(price, 'FM999999990.00') FROM book_snapshots WHERE run_id = 'demo'"
                                + " AND instrument = 'ACME' AND last AND side = 'BUY' ORDER BY level LIMIT 15"));
        assertThat(browser.count(".candles canvas")).isPositive();
        assertThat(browser.count(".depth canvas")).isPositive();
        browser.pictures("market");
    }

    @Test
    void theClientsPageShowsPositionsLotsAndPnl() throws Exception {
        String client = ask("SELECT client_id FROM v_pnl_by_client WHERE run_id = 'demo' ORDER BY client_id LIMIT 1")
                .get(0);
        browser.go(address + "/#/demo/clients/" + client);
        String of = " WHERE run_id = 'demo' AND client_id = '" + client + "'";
        assertThat(browser.texts("[aria-label=positions] tbody tr td:first-child"))
                .containsExactlyElementsOf(ask("SELECT instrument FROM positions" + of + " ORDER BY instrument"));
        assertThat(browser.numbers("[aria-label=totals] tbody tr td:last-child"))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(
                        ask("SELECT net_pnl FROM v_pnl_by_client" + of + " ORDER BY currency").stream()
                                .map(BigDecimal::new)
                                .toList());
        assertThat(browser.texts("[aria-label=clients] tbody tr")).isNotEmpty();
        browser.pictures("clients");
        browser.type("input[type=search]", "no such client");
        browser.awaitText(".columns.list .empty", "No client's name contains");
    }

    @Test
    void aLateAnswerToAnEarlierSearchIsNotShown() throws Exception {
        List<String> clients = ask("SELECT client_id FROM v_pnl_by_client WHERE run_id = 'demo' ORDER BY client_id");
        String one = clients.get(0);
        int found = (int) clients.stream().filter(each -> each.contains(one)).count();
        assertThat(found).isLessThan(clients.size());
        browser.go(address + "/#/demo/clients");
        browser.holdAnswers("search=nobody");
        browser.type("input[type=search]", "nobody");
        browser.awaitHeld();
        browser.type("input[type=search]", one);
        browser.awaitCount("[aria-label=clients] tbody tr", found);
        browser.letAnswersGo();
        assertThat(browser.count("[aria-label=clients] tbody tr")).isEqualTo(found);
    }

    @Test
    void theClearingPageShowsPricesChecksAndVariation() throws Exception {
        browser.go(address + "/#/demo/clearing/2024-03-04");
        assertThat(browser.text(".page")).contains("all 20 hold").contains("official");
        assertThat(browser.texts(".steps li")).hasSize(12);
        assertThat(browser.texts("[aria-label=prices] tbody tr td:first-child"))
                .containsExactlyElementsOf(
                        ask(
                                "SELECT instrument FROM settlement_prices JOIN clearing_runs USING (clearing_no) WHERE official ORDER BY 1"));
        browser.click("section:last-of-type .choice button:nth-child(3)");
        browser.awaitText("[aria-label=variation]", "INDEX-M4");
        browser.pictures("clearing");
    }

    @Test
    void twoRunsAreComparedToTheirFirstDifference() throws Exception {
        demo.backtest("morning", "--to", "2024-03-04T12:00:00Z");
        browser.go(address + "/#/demo/compare/morning");
        assertThat(browser.text("[aria-label='first difference']")).contains("no such row");
        String net = "(SELECT client_id, currency, net_pnl FROM v_pnl_by_client WHERE run_id = '%s')";
        assertThat(browser.numbers("[aria-label='P&L side by side'] tbody tr td:nth-child(4)"))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyInAnyOrderElementsOf(
                        ask("SELECT coalesce(r.net_pnl, 0) - coalesce(l.net_pnl, 0) FROM " + net.formatted("demo")
                                        + " l FULL JOIN " + net.formatted("morning") + " r USING (client_id, currency)")
                                .stream()
                                .map(BigDecimal::new)
                                .toList());
        browser.pictures("compare");

        browser.go(address + "/#/demo/compare/demo");
        assertThat(browser.text("[data-figure=verdict]")).startsWith("None");
    }

    @Test
    void aReplayShowsTheBookOfTheMoment() throws Exception {
        browser.go(address + "/#/demo/replay/ACME?at=2024-03-04T12:00:00.000000000Z");
        assertThat(browser.text("[data-figure=at]")).startsWith("2024-03-04 12:00:00");
        String before = browser.text("[data-figure=at]");
        browser.press("ARROW_RIGHT");
        browser.awaitChange("[data-figure=at]", before);
        browser.pictures("replay");
    }

    @Test
    void theReportOfTheRunHasTearSheets() throws Exception {
        browser.go(demo.report());
        browser.click(".choice button", "USD");
        List<String> names = browser.texts(".sheet option");
        assertThat(names)
                .hasSameSizeAs(ask("SELECT 1 FROM v_pnl_by_client WHERE run_id = 'demo' AND currency = 'USD'"));
        BigDecimal net =
                new BigDecimal(ask("SELECT net_pnl FROM v_pnl_by_client WHERE run_id = 'demo' AND currency = 'USD'"
                                + " AND client_id = '" + names.get(0) + "'")
                        .get(0));
        assertThat(browser.number(".sheet .fact dd")).isEqualTo(net.setScale(2, RoundingMode.HALF_EVEN));
        assertThat(browser.count(".sheet canvas")).isEqualTo(2);
        browser.pictures("report");
    }

    @Test
    void anUnknownRunIsToldWithAWayOut() throws Exception {
        browser.go(address + "/#/nowhere/run");
        assertThat(browser.text(".problem")).contains("no run \"nowhere\"").contains("All runs");
    }
}
