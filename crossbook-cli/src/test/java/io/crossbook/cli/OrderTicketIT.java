package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a trader does at the dashboard of {@code ./crossbook up}, in a real browser. */
@Tag("browser")
class OrderTicketIT {
    private static final String CONNECTION = "header .connection";
    private static final String LAST_QUANTITY = "[aria-label='last trades'] tbody tr:first-child td:nth-child(3)";

    private static RunningStack stack;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        stack = RunningStack.start("ticket");
        browser = Browser.open();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.stop();
        }
    }

    private static void show(String page) {
        browser.go(stack.address("api") + "/#/live/" + page);
    }

    private static void enter(String client, String side, String price, String quantity) {
        browser.type("[name=client_id]", client);
        browser.type("[name=price]", price);
        browser.type("[name=quantity]", quantity);
        browser.click("button[value=" + side + "]");
    }

    private static void post(String instrument, String client, String side, String price, String quantity)
            throws Exception {
        assertThat(stack.post(
                                "/orders",
                                "{'instrument':'%s','client_id':'%s','side':'%s','type':'LIMIT','price':'%s','quantity':'%s'}"
                                        .formatted(instrument, client, side, price, quantity))
                        .status())
                .isBetween(200, 201);
    }

    @Test
    void anOrderFillsAndTheRestIsCancelled() throws Exception {
        post("TICKET", "maker", "SELL", "10.5", "5");
        show("ticket/TICKET");
        browser.awaitText(".ladder .ask .price", "10.5");
        enter("taker", "BUY", "10.5", "8");
        browser.awaitText(".answer", "5 of 8 filled");
        assertThat(browser.text("[data-figure=status]")).isEqualTo("partially filled");
        assertThat(browser.texts("[aria-label=fills] tbody td")).contains("10.5", "5");
        browser.awaitText(".ladder .bid .price", "10.5");
        browser.awaitText("[aria-label=orders] tbody tr", "partially filled");
        browser.pictures("ticket");

        browser.click("[aria-label=orders] button", "Cancel");
        browser.awaitText(".answer", "is cancelled");
        browser.awaitText("[aria-label=orders] tbody tr", "cancelled");
        RunningStack.Answer orders = stack.get("/orders?run=live&client_id=taker");
        assertThat(orders.text("orders/0/status")).isEqualTo("CANCELLED");
        assertThat(orders.text("orders/0/filled_quantity")).isEqualTo("5");
    }

    @Test
    void aWrongFieldIsNamed() {
        show("ticket/TICKET");
        enter("taker", "BUY", "10.5", "0");
        browser.awaitText(".answer .problem", "quantity");
    }

    @Test
    void aBrokenConnectionIsShownAndHeals() throws Exception {
        post("HEALS", "maker", "SELL", "20", "9");
        show("market/HEALS");
        browser.awaitText(CONNECTION, "live");
        post("HEALS", "taker", "BUY", "20", "2");
        browser.awaitText(LAST_QUANTITY, "2");

        stack.signal("ServeMain", "KILL");
        browser.awaitText(CONNECTION, "connection lost");
        stack.awaitHealth();
        browser.awaitText(CONNECTION, "live");
        post("HEALS", "taker", "BUY", "20", "3");
        browser.awaitText(LAST_QUANTITY, "3");
        browser.awaitText(".ladder .ask", "4");
    }
}
