package io.crossbook.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.RunTable;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The API over a real database, without a broker: what callers must not be able to do, and what it says it can. */
class ApiIT {
    private static final Path FROZEN = Path.of("../docs/openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String HOSTILE = "x'; DROP TABLE runs; --";

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext running;
    private static int port;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(Path.of("target/api-it").toAbsolutePath(), 0);
        running = ServeMain.start(
                new ServeSettings(
                        "127.0.0.1",
                        0,
                        new ServeSettings.Database(postgres.jdbcUrl(), postgres.user()),
                        null,
                        Path.of("target/api-it").toAbsolutePath().toString(),
                        0,
                        false,
                        null,
                        "0.1.0"),
                postgres.password());
        port = ServeMain.portOf(running);
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
            RunTable.drop(connection, "first");
            RunTable.insert(connection, new RunTable.NewRun("first", "backtest", "0.1.0", "{}", true, 1_000));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        running.close();
        postgres.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(to(path).GET());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("at io.crossbook", "Exception");
    }

    private static List<String> faultyFields(HttpResponse<String> answer) {
        List<String> fields = new ArrayList<>();
        JSON.readTree(answer.body())
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asString()));
        return fields;
    }

    /** The address, the body, and the fields that are named. */
    private record Bad(String path, String body, String... fields) {
        @Override
        public String toString() {
            return path + ' ' + (body.length() > 60 ? body.substring(0, 60) : body);
        }
    }

    static Stream<Bad> badOrders() {
        String good = "\"instrument\":\"A\",\"client_id\":\"c\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"price\":\"1\"";
        return Stream.of(
                new Bad("/orders", "", "body"),
                new Bad("/orders", "[]", "body"),
                new Bad("/orders", "null", "body"),
                new Bad("/orders", "\"order\"", "body"),
                new Bad("/orders", "{", "body"),
                new Bad("/orders", "{}{}", "body"),
                new Bad("/orders", "{\"side\":\"BUY\",\"side\":\"SELL\"}", "body"),
                new Bad("/orders", "{\"a\":".repeat(1000) + "1" + "}".repeat(1000), "body"),
                new Bad("/orders", "[".repeat(60_000), "body"),
                new Bad("/orders", "{}", "instrument", "client_id", "side", "type", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":true}", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":{}}", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":1e400000000}", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"" + "9".repeat(60_000) + "\"}", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"NaN\"}", "quantity"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"1\",\"tif\":\"SOON\"}", "tif"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"1\",\"tif\":7}", "tif"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"1\",\"expire_at\":\"tomorrow\"}", "expire_at"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"1\",\"post_only\":\"perhaps\"}", "post_only"),
                new Bad(
                        "/orders",
                        "{" + good + ",\"quantity\":\"1\",\"order_id\":\"" + "x".repeat(65) + "\"}",
                        "order_id"),
                new Bad("/orders", "{" + good + ",\"quantity\":\"1\",\"order_id\":\"a\\u0000b\"}", "order_id"),
                new Bad(
                        "/orders",
                        "{" + good + ",\"quantity\":\"1\",\"timestamp\":\"2024-01-02T00:00:00Z\"}",
                        "timestamp"),
                new Bad("/orders/a/cancel", "{\"client_id\":[]}", "client_id"),
                new Bad("/orders/a/cancel", "[]", "body"),
                new Bad("/portfolio/trades", "{\"side\":\"BUY\"}", "instrument", "price", "quantity"),
                new Bad(
                        "/portfolio/trades",
                        "{\"instrument\":\"A\",\"symbol\":\"B\",\"side\":\"BUY\",\"price\":1,\"quantity\":1}",
                        "symbol"),
                new Bad("/portfolio/market-prices/bulk", "{\"prices\":[]}", "prices"),
                new Bad("/portfolio/market-prices/bulk", "{\"prices\":{}}", "prices"),
                new Bad("/portfolio/market-prices/bulk", "{\"prices\":{\"A\":\"1\",\"B\":\"x\"}}", "prices.B"));
    }

    @ParameterizedTest
    @MethodSource("badOrders")
    void namesWhatIsWrongWithABody(Bad bad) throws Exception {
        HttpResponse<String> answer = post("/api/v1" + bad.path(), bad.body());
        isProblem(answer, 400, "INVALID_REQUEST");
        assertThat(faultyFields(answer)).containsExactlyInAnyOrder(bad.fields());
    }

    @Test
    void refusesABodyThatIsTooLargeToldOrNot() throws Exception {
        byte[] large = ("{\"instrument\":\"" + "x".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> told = send(to("/api/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(large, 0, 100_000)));
        isProblem(told, 413, "BODY_TOO_LARGE");
        HttpResponse<String> untold = send(to("/api/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large, 0, 100_000))));
        isProblem(untold, 413, "BODY_TOO_LARGE");
    }

    @Test
    void refusesOtherMediaTypesMethodsAndAddresses() throws Exception {
        isProblem(
                send(to("/api/v1/orders")
                        .header("Content-Type", "text/xml")
                        .POST(HttpRequest.BodyPublishers.ofString("<a/>"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        isProblem(send(to("/api/v1/orders").DELETE()), 405, "METHOD_NOT_ALLOWED");
        isProblem(get("/api/v1/nothing"), 404, "NOT_FOUND");
        isProblem(get("/api/v1/runs/..%2f..%2fetc%2fpasswd"), 400, "BAD_REQUEST");
        isProblem(get("/api/v1/runs/none"), 404, "UNKNOWN_RUN");
    }

    @Test
    void refusesBadUtf8() throws Exception {
        HttpResponse<String> answer = send(to("/api/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        new byte[] {'{', '"', 'a', (byte) 0xff, '"', ':', '1', '}'})));
        isProblem(answer, 400, "INVALID_REQUEST");
    }

    static Stream<String> readPaths() {
        return Stream.of(
                "/orders?client_id=%s",
                "/orders?instrument=%s",
                "/orders?status=%s",
                "/orders?order_id=%s",
                "/orders?run=%s",
                "/orders?limit=%s",
                "/orders?cursor=%s",
                "/orders/%s",
                "/orders/%s/executions",
                "/orders/a?instrument=%s",
                "/market/orderbook?instrument=%s",
                "/market/orderbook?instrument=A&levels=%s",
                "/market/orderbook?instrument=A&at=%s",
                "/market/trades?instrument=%s",
                "/market/trades?limit=%s",
                "/market/trades?end_time=%s",
                "/market/orderbook/changes?instrument=%s",
                "/market/orderbook/changes?instrument=A&at=%s",
                "/market/orderbook/changes?instrument=A&after=%s",
                "/portfolio/clients?search=%s",
                "/portfolio/clients?cursor=%s",
                "/portfolio/lots?client_id=%s",
                "/portfolio/lots?cursor=%s",
                "/portfolio/equity?client_id=%s",
                "/runs/%s/rejects",
                "/runs/first/rejects?code=%s",
                "/runs/first/rejects?cursor=%s",
                "/runs/%s/rejects/reasons",
                "/runs/first/compare/%s",
                "/clearing/%s/runs/1?run=first",
                "/clearing/2024-03-04/runs/%s?run=first",
                "/clearing/2024-03-04/runs/1?run=%s",
                "/market/trades/detailed?client_id=%s",
                "/market/price?instrument=%s",
                "/market/candles?instrument=%s",
                "/market/candles?instrument=A&interval=%s",
                "/market/analytics?instrument=A&start_time=%s",
                "/market/analytics?instrument=A&end_time=%s",
                "/market/orderbook/snapshots?instrument=%s",
                "/market/positions/%s",
                "/instruments?run=%s",
                "/portfolio/trades?symbols=%s",
                "/portfolio/positions?client_id=%s",
                "/portfolio/pnl?client_id=%s",
                "/portfolio/pnl?symbol=%s",
                "/portfolio/market-prices?symbols=%s",
                "/runs/%s",
                "/runs/%s/report",
                "/runs?cursor=%s",
                "/runs?limit=%s");
    }

    @ParameterizedTest
    @MethodSource("readPaths")
    void neverFailsWhateverAParameterSays(String path) throws Exception {
        for (String value : List.of(
                HOSTILE,
                "",
                " ",
                "-1",
                "0",
                "99999999999999999999",
                "1e9",
                "null",
                "\u0000",
                "é\uD83D\uDE00",
                "x".repeat(3_000),
                "../../x")) {
            HttpResponse<String> answer = get("/api/v1"
                    + path.formatted(
                            URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
            assertThat(answer.statusCode())
                    .as("%s with \"%s\": %s", path, value, answer.body())
                    .isLessThan(500);
            assertThat(answer.body()).doesNotContain("Exception", "at io.crossbook", "org.postgresql");
            if (answer.statusCode() >= 400) {
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            }
        }
        assertThat(get("/api/v1/runs/first").statusCode()).isEqualTo(200);
    }

    @Test
    void answersWhatIsNoHttpWithAProblemOrHangsUp() throws Exception {
        for (String request : List.of(
                "\u0016\u0003\u0001\u0002\u0000",
                "GET /api/v1/runs?a=<b> HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nX-Long: " + "y".repeat(100_000) + "\r\n\r\n",
                "POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n")) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                socket.setSoTimeout(10_000);
                OutputStream out = socket.getOutputStream();
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).doesNotContain("HTTP/1.1 5", "Exception", "<html", "Tomcat");
                if (!answer.isEmpty()) {
                    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
                }
            } catch (java.net.SocketException hungUp) {
                // Closed in the middle of what nobody reads.
            }
        }
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoOrdersWithoutALiveRunAndSaysWhatToDo() throws Exception {
        String order = "{\"instrument\":\"A\",\"client_id\":\"c\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":1}";
        isProblem(post("/api/v1/orders", order), 503, "NO_LIVE_RUN");
        isProblem(post("/api/v1/orders/a/cancel", "{}"), 503, "NO_LIVE_RUN");
        isProblem(post("/api/v1/portfolio/market-prices/bulk", "{\"prices\":{\"A\":1}}"), 503, "NO_LIVE_RUN");
        isProblem(post("/api/v1/portfolio/reset", ""), 403, "RESET_NOT_ALLOWED");
    }

    @Test
    void saysHowItIs() throws Exception {
        JsonNode health = JSON.readTree(get("/healthz").body());
        assertThat(health.path("status").asString()).isEqualTo("up");
        assertThat(health.path("database").path("state").asString()).isEqualTo("up");
        assertThat(health.path("broker").path("state").asString()).isEqualTo("not_configured");
        assertThat(get("/metrics").body())
                .contains("orders_received_total", "order_latency_seconds_bucket", "websocket_connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs", "/api/v1/runs/nobody"})
    void saysHowLongAnAnswerIs(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void givesManyReadersTheirAnswers() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(HTTP.sendAsync(
                    to("/api/v1/portfolio/pnl?client_id=c" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    /** Whoever changes what the API says changes {@code docs/openapi.json} with it: -Dcrossbook.openapi=write. */
    @Test
    void saysWhatItCanDoAsWeFrozeIt() throws Exception {
        JsonNode told = JSON.readTree(get("/api/v1/openapi").body());
        ((tools.jackson.databind.node.ObjectNode) told).remove("servers");
        String text =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.treeToValue(told, Object.class)) + '\n';
        if ("write".equals(System.getProperty("crossbook.openapi"))) {
            Files.writeString(FROZEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(FROZEN));
        assertThat(get("/api/v1/docs").statusCode()).isIn(200, 302);
    }
}
