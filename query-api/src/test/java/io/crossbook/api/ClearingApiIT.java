package io.crossbook.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.Database;
import io.crossbook.store.RunTable;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a clearing published, over HTTP: the rows of its tables in the words of its files. */
class ClearingApiIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A future that member A holds and B owes; run 1 was replaced by run 2, in which the price is another. */
    private static final String ROWS = """
            INSERT INTO clearing_runs (run_id, business_date, run_no, state, what_if, official, inputs, previous_no,
                                       supersedes_no, started_at, heartbeat_at, ended_at, hash, reason)
            VALUES ('day', '2024-03-04', 1, 'COMPLETED', false, false, '{}', NULL, NULL, 1, 1, 2, 'aa', NULL),
                   ('day', '2024-03-04', 2, 'COMPLETED', false, true, '{}', NULL, 1, 3, 3, 4, 'bb', 'a bust');
            INSERT INTO clearing_instruments
            SELECT n, 'F1', 'FUTURE', 'USD', 10, 0.25, 2, 0, 1, '2024-03-04', '2024-03-05', 1, 9, 9
            FROM generate_series(1, 2) n;
            INSERT INTO settlement_prices (clearing_no, instrument, price, previous_price, method, trades, volume)
            VALUES (1, 'F1', 102.00, 100, 'WINDOW_VWAP', 3, 60), (2, 'F1', 102.250, 100, 'WINDOW_VWAP', 2, 50);
            INSERT INTO clearing_positions VALUES
                (2, 'F1', 'A', 5, 0, 0, 5, 0), (2, 'F1', 'B', -5, 0, 0, -5, 0), (2, 'F1', 'C', 0, 0, 0, 0, 0);
            INSERT INTO variation_margins VALUES (1, 'F1', 'A', 'USD', 100), (1, 'F1', 'B', 'USD', -100),
                (2, 'F1', 'A', 'USD', 112.505), (2, 'F1', 'B', 'USD', -112.505);
            INSERT INTO margin_requirements VALUES (2, 'A', 'USD', 'fixed', 511.25, 0, 500, 11.25, '[]');
            """;

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext running;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "clearing-api-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        postgres = EmbeddedPostgres.start(home, 0);
        Database.migrate(postgres.jdbcUrl(), postgres.user(), postgres.password());
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            RunTable.insert(connection, new RunTable.NewRun("day", "backtest", "0.1.0", "{}", false, 1_000));
            statement.execute(ROWS);
        }
        running = ServeMain.start(
                new ServeSettings(
                        "127.0.0.1",
                        0,
                        new ServeSettings.Database(postgres.jdbcUrl(), postgres.user()),
                        null,
                        home.toString(),
                        0,
                        false,
                        null,
                        "0.1.0"),
                postgres.password());
        port = ServeMain.portOf(running);
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
        postgres.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/clearing" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void listsClearingsNewestFirst() throws Exception {
        JsonNode first = read("/runs?limit=1");
        assertThat(first.path("runs").get(0).path("run_no").asInt()).isEqualTo(2);
        assertThat(first.path("runs").get(0).path("official").asBoolean()).isTrue();
        assertThat(first.path("runs").get(0).path("reason").asString()).isEqualTo("a bust");
        JsonNode second =
                read("/runs?limit=1&cursor=" + first.path("next_cursor").asString());
        assertThat(second.path("runs").get(0).path("official").asBoolean()).isFalse();
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void answersFromTheOfficialClearingOfADate() throws Exception {
        JsonNode prices = read("/2024-03-04/prices");
        assertThat(prices.path("run").path("hash").asString()).isEqualTo("bb");
        assertThat(prices.path("prices").toString())
                .isEqualTo("[{\"instrument\":\"F1\",\"price\":\"102.25\",\"previous_price\":\"100\","
                        + "\"method\":\"WINDOW_VWAP\",\"volume\":\"50\"}]");
        assertThat(read("/2024-03-04/variation?member=A").path("variation").toString())
                .isEqualTo("[{\"member\":\"A\",\"instrument\":\"F1\",\"currency\":\"USD\",\"amount\":\"112.5\"}]");
        assertThat(read("/2024-03-04/margin").path("margin").get(0).path("call").asString())
                .isEqualTo("11.25");
        assertThat(read("/2024-03-04/obligations?run=day").path("obligations").size())
                .isZero();
    }

    @Test
    void pagesPositionsWithoutThoseThatNeverWere() throws Exception {
        List<String> members = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = read("/2024-03-04/positions?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("positions")
                    .forEach(row -> members.add(row.path("member").asString()
                            + row.path("close_quantity").asString()));
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : page.path("next_cursor").asString();
        }
        assertThat(members).containsExactly("A5", "B-5");
    }

    @Test
    void givesAMemberWhatWasSaidBeforeAndTheDifference() throws Exception {
        JsonNode line = read("/2024-03-04/statements/A")
                .path("reports")
                .path("variation")
                .get(0);
        assertThat(line.path("amount").asString()).isEqualTo("112.5");
        assertThat(line.path("replaced_amount").asString()).isEqualTo("100");
        assertThat(line.path("difference").asString()).isEqualTo("12.5");
    }

    @Test
    void clearsNothingWhereItWasNotAllowed() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/clearing/2024-03-05/run"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("CLEARING_NOT_ALLOWED").contains("--allow-clearing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/yesterday/prices",
                "/2024-13-04/prices",
                "/9999-01-01/prices",
                "/2024-03-04/positions?limit=0",
                "/2024-03-04/positions?limit=many",
                "/2024-03-04/positions?cursor=x",
                "/2024-03-04/positions?member=%00",
                "/2024-03-04/positions?run=",
                "/runs?limit=1001",
                "/2024-03-04/statements/%01"
            })
    void saysWhatIsWrongWithARequest(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\"").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/2024-03-05/prices",
                "/2024-03-04/prices?run=other",
                "/2024-03-04/prices?run=day'%20OR%20'1'='1",
                "/2024-03-04/statements/nobody",
                "/2024-03-04/statements/A'--",
                "/2024-03-04/everything"
            })
    void knowsNothingOfWhatIsNotThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("Exception");
    }
}
