package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.Installation;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clearing that is asked for over HTTP and made by the real program. */
class ClearOverHttpIT {
    private static final String DATE = "2026-03-02";
    private static final long PATIENCE_SECONDS = 180;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Path folder;
    private static EmbeddedPostgres server;
    private static CommandProcess serve;
    private static String api;

    @BeforeAll
    static void serveADay() throws Exception {
        Installation here = Installation.ofProcess();
        assumeTrue(
                Files.exists(here.replayJar()) && Files.exists(here.clearingJar()) && Files.exists(here.apiJar()),
                "the programs are not built");
        folder = CommandProcess.newFolder("clear-http");
        Files.writeString(folder.resolve("instruments.csv"), """
                instrument,kind,currency,tick_size,lot_size,multiplier
                FUT,FUTURE,EUR,0.25,1,10
                """);
        Files.writeString(folder.resolve("orders.csv"), """
                timestamp,instrument,action,order_id,client_id,side,type,price,quantity
                2026-03-02T09:00:00Z,FUT,NEW,A1,alice,SELL,LIMIT,101.5,7
                2026-03-02T09:00:01Z,FUT,NEW,B1,bob,BUY,LIMIT,101.5,4
                """);
        server = EmbeddedPostgres.start(folder.resolve(".crossbook"), 0);
        for (String runId : List.of("day", "held")) {
            Ended run = crossbook("backtest", "orders.csv", "--instruments", "instruments.csv", "--run-id", runId)
                    .ended();
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        serve = crossbook("serve", "--json", "--allow-clearing");
        api = RunningStack.addresses(serve).get("api").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        if (serve != null) {
            serve.process().destroy();
            serve.process().waitFor();
        }
        if (server != null) {
            server.close();
        }
    }

    private static CommandProcess crossbook(String... arguments) throws Exception {
        return CommandProcess.crossbook(folder, folder, arguments[0], "700m", List.of(arguments));
    }

    private static HttpResponse<String> post(String date, String body, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + "/api/v1/clearing/" + date + "/run"))
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode begun(String body, String key) throws Exception {
        HttpResponse<String> answer = post(DATE, body, key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode begun = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(begun.get("status_url").asText());
        return begun;
    }

    private static JsonNode get(String path) throws Exception {
        return JSON.readTree(
                HTTP.send(HttpRequest.newBuilder(URI.create(api).resolve(path)).build(), BodyHandlers.ofString())
                        .body());
    }

    private static JsonNode ended(JsonNode begun) throws Exception {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        JsonNode state = begun;
        while (state.get("state").asText().equals("RUNNING")) {
            assertThat(System.nanoTime()).as(state.toString()).isLessThan(giveUpAt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            state = get(begun.get("status_url").asText());
        }
        return state;
    }

    @Test
    void clearsADateOnceAndSaysHowItWent() throws Exception {
        String body = "{\"run\": \"day\", \"calendar\": \"24-7\"}";
        JsonNode begun = begun(body, "monday");
        JsonNode ended = ended(begun);
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(get("/api/v1/clearing/" + DATE + "/prices?run=day")
                        .at("/prices/0/price")
                        .asText())
                .isEqualTo("101.5");
        assertThat(folder.resolve("out/clearing/day/2026-03-02-1/manifest.json"))
                .exists();

        assertThat(begun(body, "monday").get("id")).isEqualTo(begun.get("id"));
        HttpResponse<String> other = post(DATE, "{\"run\": \"held\"}", "monday");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("IDEMPOTENCY_KEY_REUSED");
        assertThat(get("/api/v1/clearing/runs?run=day").get("runs")).hasSize(1);

        JsonNode refused = ended(begun("{\"run\": \"day\"}", ""));
        assertThat(refused.get("state").asText()).isEqualTo("REFUSED");
        assertThat(refused.get("messages").toString()).contains("--reason TEXT");
        JsonNode option = ended(begun("{\"run\": \"day\", \"reason\": \"--cascade\"}", ""));
        assertThat(option.get("state").asText()).as("no text is an option").isEqualTo("REFUSED");
        JsonNode again = ended(begun("{\"run\": \"day\", \"reason\": \"a bust\"}", ""));
        assertThat(again.get("state").asText()).as(again.toString()).isEqualTo("COMPLETED");
        JsonNode runs = get("/api/v1/clearing/runs?run=day").get("runs");
        assertThat(runs).hasSize(2);
        assertThat(runs.at("/0/reason").asText()).isEqualTo("a bust");
    }

    @Test
    void takesOneAtATime() throws Exception {
        JsonNode begun;
        try (Connection holder = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE settlement_prices");
            begun = begun("{\"run\": \"held\"}", "held");
            HttpResponse<String> second = post(DATE, "{\"run\": \"held\"}", "other");
            assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
            assertThat(second.body())
                    .contains("CLEARING_IN_PROGRESS")
                    .contains(begun.get("id").asText());
            assertThat(begun("{\"run\": \"held\"}", "held").get("id")).isEqualTo(begun.get("id"));
            holder.rollback();
        }
        assertThat(ended(begun).get("state").asText()).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yesterday|{}|date",
                "2026-13-02|{}|date",
                "2026-03-02|[]|body",
                "2026-03-02|{\"calendar\": \"/etc/passwd\"}|calendar",
                "2026-03-02|{\"calendar\": \"../x.csv\"}|calendar",
                "2026-03-02|{\"cascade\": \"perhaps\"}|cascade",
                "2026-03-02|{\"run\": {\"a\": 1}}|run",
                "2026-03-02|{\"reason\": \"a\\nb\"}|reason",
                "2026-03-02|{\"settlement_file\": \"prices.csv\"}|settlement_file",
            })
    void namesTheFieldThatIsWrong(String date, String body, String field) throws Exception {
        HttpResponse<String> answer = post(date, body, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void knowsNoRequestThatWasNeverMade() throws Exception {
        assertThat(get("/api/v1/clearing/requests/none").get("code").asText()).isEqualTo("UNKNOWN_REQUEST");
    }
}
