package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;
import io.crossbook.cli.RunningStack.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A trading session as callers have it: over HTTP and WebSocket, with everything behind it real. Each test has instruments of its own. */
class TradingSessionIT {
    private static RunningStack stack;

    @BeforeAll
    static void start() throws Exception {
        Path instruments = CommandProcess.ROOT.resolve("crossbook-cli/target/session-instruments.csv");
        Files.writeString(instruments, """
                instrument,kind,currency,tick_size,lot_size,allow_short
                LONGONLY,SPOT,USD,0.01,0.0001,false
                EURO,SPOT,EUR,0.01,1,true
                """);
        stack = RunningStack.start("session", "--instruments", instruments.toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (stack != null) {
            stack.stop();
        }
    }

    private static Answer order(String fields) throws Exception {
        return stack.post("/orders", "{" + fields + "}");
    }

    private static Answer limit(String instrument, String id, String client, String side, String price, String quantity)
            throws Exception {
        return order(
                "'instrument':'%s','order_id':'%s','client_id':'%s','side':'%s','type':'LIMIT','price':'%s','quantity':'%s'"
                        .formatted(instrument, id, client, side, price, quantity));
    }

    private static Answer fill(String instrument, String id, String side, String price, String quantity)
            throws Exception {
        return stack.post(
                "/portfolio/trades",
                "{'symbol':'%s','trade_id':'%s','side':'%s','price':%s,'quantity':'%s'}"
                        .formatted(instrument, id, side, price, quantity));
    }

    @Test
    void tradesMadeElsewhereBecomeFifoProfitAndARepeatedOneChangesNothing() throws Exception {
        assertThat(fill("BTC", "t1", "BUY", "40000", "2").status()).isEqualTo(201);
        assertThat(fill("BTC", "t2", "BUY", "42000", "3").status()).isEqualTo(201);
        Answer before = stack.get("/portfolio/positions?symbols=BTC");
        assertThat(before.text("positions.0.average_price")).isEqualTo("41200");
        assertThat(before.text("positions.0.net_quantity")).isEqualTo("5");
        assertThat(before.text("positions.0.client_id")).isEqualTo("default");
        Answer unmarked = stack.get("/portfolio/pnl?symbol=BTC");
        assertThat(unmarked.body().get("unrealized")).isEmpty();
        assertThat(unmarked.text("unmarked.0")).isEqualTo("BTC");

        Answer sold = fill("BTC", "t3", "SELL", "45000", "4");
        assertThat(sold.status()).isEqualTo(201);
        assertThat(sold.body().get("duplicate").booleanValue()).isFalse();
        Answer marked = stack.post("/portfolio/market-prices/bulk", "{'prices':{'BTC':'44000'}}");
        assertThat(marked.status()).as(marked.body().toString()).isEqualTo(200);
        assertThat(stack.get("/portfolio/market-prices?symbols=BTC").text("prices.BTC"))
                .isEqualTo("44000");
        Answer pnl = stack.get("/portfolio/pnl?symbols=BTC");
        assertThat(pnl.text("realized.0.realized_pnl")).isEqualTo("16000");
        assertThat(pnl.text("realized.0.closed_quantity")).isEqualTo("4");
        assertThat(pnl.text("unrealized.0.unrealized_pnl")).isEqualTo("2000");
        assertThat(pnl.text("unrealized.0.average_price")).isEqualTo("42000");
        assertThat(pnl.text("total_realized_pnl")).isEqualTo("16000");
        assertThat(pnl.text("net_pnl")).isEqualTo("18000");

        Answer again = fill("BTC", "t3", "SELL", "45000", "4");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("duplicate").booleanValue()).isTrue();
        assertThat(fill("BTC", "t3", "SELL", "45000", "5").status()).isEqualTo(422);
        assertThat(stack.get("/portfolio/pnl?symbols=BTC").body().get("realized"))
                .isEqualTo(pnl.body().get("realized"));
        assertThat(stack.get("/portfolio/trades?symbols=BTC").body().findValuesAsText("trade_id"))
                .containsExactly("t3", "t2", "t1");
        assertThat(stack.get("/market/positions/default")
                        .body()
                        .get("positions")
                        .findValuesAsText("instrument"))
                .contains("BTC");
    }

    @Test
    void sellingMoreThanIsHeldIsRefusedWhereShortsAreNotAllowed() throws Exception {
        fill("LONGONLY", "t1", "BUY", "10", "2");
        Answer refused = fill("LONGONLY", "t2", "SELL", "10", "3");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("SHORT_NOT_ALLOWED");
        assertThat(refused.text("detail")).contains("exceeds the holding");
        assertThat(stack.get("/portfolio/positions?symbols=LONGONLY").text("positions.0.net_quantity"))
                .isEqualTo("2");
    }

    @Test
    void pricesAreSetAllOrNone() throws Exception {
        Answer wrong = stack.post("/portfolio/market-prices/bulk", "{'prices':{'P1':'1','P2':'x'}}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("errors.0.field")).isEqualTo("prices.P2");
        assertThat(stack.post("/portfolio/market-prices/bulk", "{'prices':{'P1':'1','P3':'3'}}")
                        .status())
                .isEqualTo(200);
        assertThat(stack.get("/portfolio/market-prices?symbols=P1,P2,P3")
                        .body()
                        .get("prices")
                        .toString())
                .isEqualTo("{\"P1\":\"1\",\"P3\":\"3\"}");
    }

    @Test
    void amountsOfTwoCurrenciesAreNotAdded() throws Exception {
        for (String instrument : List.of("EURO", "DOLLAR")) {
            stack.post(
                    "/portfolio/trades",
                    "{'symbol':'%s','client_id':'two','trade_id':'t','side':'BUY','price':'5','quantity':'1'}"
                            .formatted(instrument));
        }
        JsonNode pnl = stack.get("/portfolio/pnl?client_id=two").body();
        assertThat(pnl.get("totals").findValuesAsText("currency")).containsExactly("EUR", "USD");
        assertThat(pnl.has("net_pnl")).isFalse();
    }

    @Test
    void theWholeLifeOfOrders() throws Exception {
        Answer resting = limit("ACME", "s1", "alice", "SELL", "101.5", "100");
        assertThat(resting.status()).isEqualTo(201);
        assertThat(resting.text("order.status")).isEqualTo("OPEN");
        assertThat(resting.text("orderbook.asks.0.quantity")).isEqualTo("100");
        limit("ACME", "s2", "alice", "SELL", "102", "50");
        limit("ACME", "b1", "bob", "BUY", "100", "70");
        limit("ACME", "b2", "bob", "BUY", "99", "30");

        Answer taken = limit("ACME", "b3", "bob", "BUY", "101.5", "40");
        assertThat(taken.text("order.status")).isEqualTo("FILLED");
        assertThat(taken.body().get("trades")).hasSize(1);
        assertThat(taken.text("trades.0.trade_id")).isEqualTo("ACME-1");
        assertThat(taken.text("trades.0.maker_order_id")).isEqualTo("s1");
        assertThat(stack.get("/orders/s1?instrument=ACME").text("status")).isEqualTo("PARTIALLY_FILLED");
        Answer market = order(
                "'instrument':'ACME','order_id':'m1','client_id':'carol','side':'BUY','type':'MARKET','quantity':'80'");
        assertThat(market.text("order.filled_quantity")).isEqualTo("80");
        assertThat(market.body().get("trades").findValuesAsText("price")).containsExactly("101.5", "102");

        Answer book = stack.get("/market/orderbook?instrument=ACME&levels=2");
        assertThat(book.body().get("bids").toString())
                .isEqualTo("[{\"price\":\"100\",\"quantity\":\"70\",\"cumulative\":\"70\"},"
                        + "{\"price\":\"99\",\"quantity\":\"30\",\"cumulative\":\"100\"}]");
        assertThat(book.text("asks.0.quantity")).isEqualTo("30");

        Answer replaced = stack.patch("/orders/b1?instrument=ACME", "{'quantity':'60'}");
        assertThat(replaced.status()).as(replaced.body().toString()).isEqualTo(200);
        assertThat(replaced.text("order.leaves_quantity")).isEqualTo("60");
        Answer cancelled = stack.post("/orders/b1/cancel", "{}");
        assertThat(cancelled.text("order.status")).isEqualTo("CANCELLED");
        assertThat(stack.post("/orders/b1/cancel", "{}").text("code")).isEqualTo("UNKNOWN_ORDER");
        assertThat(stack.post("/orders/nobody/cancel", "{}").status()).isEqualTo(404);
        assertThat(stack.get("/orders/b1/executions").body().findValuesAsText("exec_type"))
                .containsExactly("NEW", "REPLACED", "CANCELED", "REJECTED");

        JsonNode trades = stack.get("/market/trades?instrument=ACME").body().get("trades");
        assertThat(trades.findValuesAsText("trade_no")).containsExactly("3", "2", "1");
        assertThat(trades.get(0).has("buy_client_id")).isFalse();
        assertThat(stack.get("/market/trades/detailed?instrument=ACME").text("trades.0.buy_client_id"))
                .isEqualTo("carol");
        assertThat(stack.get("/market/price?instrument=ACME").text("last_price"))
                .isEqualTo("102");
        Answer candles = stack.get("/market/candles?instrument=ACME&interval=10080");
        assertThat(candles.text("candles.0.total_quantity")).isEqualTo("120");
        assertThat(candles.text("candles.0.open_price")).isEqualTo("101.5");
        assertThat(candles.text("candles.0.close_price")).isEqualTo("102");
        // (40 + 60) × 101.5 + 20 × 102 over 120, rounded at 12 decimals.
        assertThat(candles.text("overall_vwap")).isEqualTo("101.583333333333");
        assertThat(stack.get("/market/analytics?instrument=ACME").text("buckets.0.trade_count"))
                .isIn("1", "2", "3");
        Answer snapshot = stack.send(stack.request("/market/orderbook/snapshot?instrument=ACME")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(snapshot.status()).isEqualTo(201);
        assertThat(stack.get("/market/orderbook/snapshots?instrument=ACME").text("snapshots.0.sequence"))
                .isEqualTo(snapshot.text("sequence"));
        assertThat(stack.get("/instruments").body().findValuesAsText("instrument"))
                .contains("ACME", "LONGONLY");
    }

    @Test
    void aKeyGetsTheFirstAnswerAgainAndAnotherContentIsRefused() throws Exception {
        String order =
                "'instrument':'KEYS','client_id':'a','side':'BUY','type':'LIMIT','price':'5','quantity':'1','idempotency_key':'k'";
        Answer first = order(order);
        assertThat(first.status()).isEqualTo(201);
        Answer again = order(order);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(order(order.replace("'5'", "'6'")).text("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(stack.get("/orders?instrument=KEYS").body().get("orders")).hasSize(1);
        Answer refused = limit("KEYS", first.text("order.order_id"), "a", "BUY", "5", "1");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("DUPLICATE_ORDER_ID");
        assertThat(refused.text("detail")).contains("already used on KEYS");
    }

    @Test
    void pagesHaveEveryOrderOnceAndAnAnswerThatIsNotAwaitedNamesWhereToLook() throws Exception {
        Set<String> entered = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            entered.add(limit("PAGES", "p" + i, "a", "BUY", "5", "1").text("order.order_id"));
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    stack.get("/orders?instrument=PAGES&limit=10" + cursor).body();
            listed.addAll(page.get("orders").findValuesAsText("order_id"));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        assertThat(listed).hasSize(25).containsExactlyInAnyOrderElementsOf(entered);

        Answer async = stack.send(
                stack.request("/orders")
                        .header("Content-Type", "application/json")
                        .header("Prefer", "respond-async")
                        .POST(
                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"instrument\":\"PAGES\",\"order_id\":\"later\",\"client_id\":\"a\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"price\":1,\"quantity\":1}")));
        assertThat(async.status()).isEqualTo(202);
        assertThat(async.text("state")).isEqualTo("PENDING");
        String status = async.text("status_url").substring("/api/v1".length());
        Answer known = stack.get(status);
        while (known.status() == 202) {
            known = stack.get(status);
        }
        assertThat(known.text("status")).isEqualTo("OPEN");
    }

    /** Frames as they come. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    frames.add(RunningStack.JSON.readTree(text.toString()));
                } catch (Exception noJson) {
                    throw new IllegalStateException(text.toString(), noJson);
                }
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private JsonNode next(String key, String word) throws InterruptedException {
            while (true) {
                JsonNode frame = frames.poll(30, TimeUnit.SECONDS);
                assertThat(frame).as("a frame with %s %s", key, word).isNotNull();
                if (frame.path(key).asText().equals(word)) {
                    return frame;
                }
            }
        }
    }

    @Test
    void theStreamTellsEverythingAndTakesOrders() throws Exception {
        limit("WS", "r1", "alice", "SELL", "10", "5");
        Listener listener = new Listener();
        WebSocket socket = stack.client()
                .newWebSocketBuilder()
                .buildAsync(URI.create(stack.address("api").replace("http", "ws") + "/stream"), listener)
                .get(30, TimeUnit.SECONDS);
        assertThat(listener.next("type", "connected").path("run").asText()).isEqualTo("live");
        send(
                socket,
                "{'type':'subscribe','channels':['trades','orders','orderbook','pnl'],'instrument':'WS','request_id':1}");
        assertThat(listener.next("type", "subscribed").path("request_id").asInt())
                .isEqualTo(1);
        JsonNode snapshot = listener.next("event", "orderbook_snapshot");
        assertThat(snapshot.at("/data/asks/0/quantity").asText()).isEqualTo("5");

        send(
                socket,
                "{'type':'order','request_id':'o','order':{'instrument':'WS','order_id':'t1','client_id':'bob','side':'BUY','type':'LIMIT','price':'10','quantity':'2'}}");
        List<JsonNode> told = new ArrayList<>();
        Set<String> wanted =
                new HashSet<>(Set.of("order_accepted", "new_trade", "order_update", "orderbook_delta", "pnl_update"));
        while (!wanted.isEmpty()) {
            JsonNode frame = listener.frames.poll(30, TimeUnit.SECONDS);
            assertThat(frame).as("still wanted: %s", wanted).isNotNull();
            wanted.remove(frame.path("event").asText(frame.path("type").asText()));
            told.add(frame);
        }
        JsonNode accepted = told.stream()
                .filter(each -> each.path("type").asText().equals("order_accepted"))
                .findFirst()
                .orElseThrow();
        assertThat(accepted.path("request_id").asText()).isEqualTo("o");
        assertThat(accepted.at("/data/order/status").asText()).isEqualTo("FILLED");
        JsonNode delta = told.stream()
                .filter(each -> each.path("event").asText().equals("orderbook_delta"))
                .findFirst()
                .orElseThrow();
        assertThat(delta.path("sequence").asLong())
                .isEqualTo(snapshot.path("sequence").asLong() + 1);
        assertThat(delta.at("/data/levels/0/quantity").asText()).isEqualTo("3");

        send(socket, "{'type':'cancel','request_id':'c','order_id':'r1','instrument':'WS'}");
        assertThat(listener.next("type", "order_accepted")
                        .at("/data/order/status")
                        .asText())
                .isEqualTo("CANCELLED");
        send(socket, "{'type':'cancel','request_id':'d','order_id':'r1','instrument':'WS'}");
        assertThat(listener.next("type", "error").path("code").asText()).isEqualTo("UNKNOWN_ORDER");
        for (String bad : List.of(
                "{",
                "[]",
                "{'type':'dance'}",
                "{'type':'subscribe','channels':['x']}",
                "{'type':'subscribe'}",
                "{'type':'order','order':7}",
                "{'type':'order','order':{'side':'x'}}")) {
            send(socket, bad);
            assertThat(listener.next("type", "error").path("status").asInt())
                    .as(bad)
                    .isEqualTo(400);
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }

    private static void send(WebSocket socket, String text) throws Exception {
        socket.sendText(text.replace('\'', '"'), true).get(10, TimeUnit.SECONDS);
    }

    /** As many as this process may open, if that is less. */
    @Test
    void goesOnAnsweringWhileTenThousandSocketsSayNothing() throws Exception {
        long most =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        URI api = URI.create(stack.address("api"));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(10_000, most - 1_000); i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), 10_000);
                idle.add(socket);
            }
            System.out.println(idle.size() + " sockets that say nothing");
            assertThat(limit("IDLE", "i1", "a", "BUY", "5", "1").status()).isEqualTo(201);
            idle.get(0).setSoTimeout(60_000);
            assertThat(idle.get(0).getInputStream().read())
                    .as("is hung up on in the end")
                    .isEqualTo(-1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** It is dropped, not waited for: others get theirs, and it is hung up on or told to begin anew. */
    @Test
    void aStreamThatNobodyReadsHoldsNobodyUpAndBeginsAnewWhenItIsRead() throws Exception {
        for (int level = 1; level <= 300; level++) {
            assertThat(limit("SLOW", "s" + level, "a", "BUY", Integer.toString(level), "1")
                            .status())
                    .isEqualTo(201);
        }
        URI api = URI.create(stack.address("api"));
        try (Socket silent = new Socket()) {
            silent.setReceiveBufferSize(4_096);
            silent.connect(new InetSocketAddress(api.getHost(), api.getPort()), 10_000);
            silent.getOutputStream()
                    .write(("GET /stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // Some ten megabytes of books: more than an outbox and the buffers of two sockets hold.
            for (int i = 0; i < 700; i++) {
                silent.getOutputStream()
                        .write(frame("{'type':'subscribe','channels':['orderbook'],'instrument':'SLOW'}"));
                silent.getOutputStream()
                        .write(frame("{'type':'unsubscribe','channels':['orderbook'],'instrument':'SLOW'}"));
            }
            silent.getOutputStream().write(frame("{'type':'subscribe','channels':['orderbook'],'instrument':'SLOW'}"));
            assertThat(limit("SLOW", "meanwhile", "a", "BUY", "5", "1").status())
                    .as("nobody is held up")
                    .isEqualTo(201);
            silent.setSoTimeout(30_000);
            String read = readUntil(silent, "", "\"resync\"");
            readUntil(silent, read.substring(read.indexOf("\"resync\"")), "orderbook_snapshot");
        }
    }

    /** A WebSocket frame of a client, masked with nothing. */
    private static byte[] frame(String text) {
        byte[] payload = text.replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    /** Reads until a word was said, and returns what followed its beginning and a little before. */
    private static String readUntil(Socket socket, String before, String word) throws IOException {
        byte[] some = new byte[1 << 16];
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String newest = before;
        while (!newest.contains(word)) {
            int count = socket.getInputStream().read(some);
            assertThat(count).as("not hung up before " + word).isPositive();
            assertThat(System.nanoTime()).as("in time: " + word).isLessThan(giveUpAt);
            newest = newest.substring(Math.max(0, newest.length() - word.length()))
                    + new String(some, 0, count, StandardCharsets.ISO_8859_1);
        }
        return newest;
    }

    @Test
    void saysHowTheJobAndTheTopicsAre() throws Exception {
        assertThat(stack.get("/admin/job").text("state")).isEqualTo("RUNNING");
        assertThat(stack.get("/admin/topics").body().findValuesAsText("topic"))
                .contains("crossbook.commands", "crossbook.trades");
        assertThat(stack.get("/runs/live").text("takes_orders")).isEqualTo("true");
        assertThat(stack.get("/runs/live/report").text("code")).isEqualTo("RUN_NOT_FINISHED");
    }
}
