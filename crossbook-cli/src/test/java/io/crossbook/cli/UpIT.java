package io.crossbook.cli;

import static io.crossbook.cli.RunningStack.addresses;
import static io.crossbook.cli.RunningStack.await;
import static io.crossbook.cli.RunningStack.awaitHealth;
import static io.crossbook.cli.RunningStack.comesBack;
import static io.crossbook.cli.RunningStack.databaseComesBack;
import static io.crossbook.cli.RunningStack.databasePid;
import static io.crossbook.cli.RunningStack.out;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stays until Ctrl-C, as real processes: started, killed one by one, stopped, started again. */
@Tag("long")
class UpIT {
    private static final long PATIENCE_SECONDS = 180;
    private static final String INSTRUMENTS = "instrument,kind,currency,tick_size,lot_size\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static Path folder;

    private final List<CommandProcess> started = new ArrayList<>();

    @BeforeAll
    static void aFolderThatTheServersUserCanEnter() throws Exception {
        boolean built = Files.exists(Installation.ofProcess().apiJar());
        if (!built) {
            System.out.println("skipped: the API is not built");
        }
        assumeTrue(built, "the API is not built");
        folder = CommandProcess.newFolder("up");
    }

    @AfterEach
    void nothingOfAFailedTestGoesOn() throws Exception {
        for (CommandProcess command : started) {
            command.process().destroy();
            command.ended();
        }
    }

    @Test
    void whatDiesComesBackAndTheNextStartGoesOnWhereACtrlCEndedEverything() throws Exception {
        Path instruments =
                Files.writeString(folder.resolve("instruments.csv"), INSTRUMENTS + "ACME,EQUITY,USD,0.5,1\n");
        CommandProcess up;
        JsonNode at;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            up = up(
                    "first",
                    "--fresh",
                    "--allow-reset",
                    "--instruments",
                    instruments.toString(),
                    "--api-port",
                    Integer.toString(taken.getLocalPort()));
            at = addresses(up);
            assertThat(URI.create(api(at)).getPort()).isGreaterThan(taken.getLocalPort());
            assertThat(up.err()).contains("api: port " + taken.getLocalPort() + " is taken, so it is ");
        }
        assertThat(at.fieldNames()).toIterable().containsExactly("api", "kafka", "postgres", "flink");
        awaitHealth(at);
        enterOrder(at, "A1");
        assertThat(crossbook("refused", "up", "--fresh").ended())
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(refused -> assertThat(refused.err()).contains("--fresh: something runs in"));

        for (String program : List.of("ServeMain", "LiveMain", "BrokerMain")) {
            comesBack(up, at, program);
        }
        databaseComesBack(at, folder);
        assertThat(up.err())
                .contains("api: ended with exit code 137; starting it again", "api: it runs again")
                .contains("live: it runs again", "broker: it runs again", "the embedded Postgres had ended");
        enterOrder(at, "A2");

        Files.writeString(instruments, INSTRUMENTS + "OTHER,EQUITY,USD,1,1\n");
        JsonNode reset = JSON.readTree(post(at, "/api/v1/portfolio/reset", "").body());
        assertThat(reset.toString()).contains("live-2");
        awaitHealth(at);
        assertThat(ofAll(get(at, "/api/v1/instruments?run=live-2"), "tick_size"))
                .containsExactly("0.5", "1");
        enterOrder(at, "A1");
        endsWithEverything(up, "INT");

        CommandProcess again = up("again");
        JsonNode then = addresses(again);
        awaitHealth(then);
        assertThat(again.err())
                .contains("going on from savepoint-")
                .contains("run \"live-2\" reads crossbook-2.commands");
        assertThat(runs(then)).containsExactlyInAnyOrder("live", "live-2");
        assertThat(get(then, "/api/v1/orders/A2?instrument=ACME&run=live").statusCode())
                .isEqualTo(200);
        assertThat(get(then, "/api/v1/orders/A1?instrument=ACME").body()).contains("\"OPEN\"");
        endsWithEverything(again, "TERM");
    }

    @Test
    void theDemoIsServedUntilCtrlCAndItsDatabaseCanBeServedLater() throws Exception {
        CommandProcess demo = crossbook("demo", "demo", "--data-dir", "demo-data", "--api-port", "18080");
        String said = await(demo, out(demo), text -> text.contains("metrics "));
        assertThat(said).contains("checks    18 of 18 ok");
        String url = Stream.of(said.split("\\s+"))
                .filter(word -> word.endsWith("/healthz"))
                .findFirst()
                .orElseThrow();
        JsonNode at = JSON.createObjectNode().put("api", url.substring(0, url.indexOf("/healthz")));
        awaitHealth(at);
        assertThat(runs(at)).containsExactly("demo");
        assertThat(post(at, "/api/v1/orders", order("A1")).body()).contains("NO_LIVE_RUN");
        endsWithEverything(demo, "INT");

        CommandProcess serve = crossbook("serve", "serve", "--data-dir", "demo-data", "--api-port", "18080", "--json");
        JsonNode then = addresses(serve);
        assertThat(then.fieldNames()).toIterable().containsExactly("api");
        awaitHealth(then);
        assertThat(runs(then)).containsExactly("demo");
        endsWithEverything(serve, "TERM");
    }

    private CommandProcess up(String name, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("up", "--json", "--checkpoint-interval", "500ms"));
        words.addAll(List.of(more));
        return crossbook(name, words.toArray(String[]::new));
    }

    private CommandProcess crossbook(String name, String... words) throws IOException {
        CommandProcess command = CommandProcess.crossbook(folder, folder, name, "1g", List.of(words));
        started.add(command);
        return command;
    }

    private static String api(JsonNode at) {
        return at.get("api").textValue();
    }

    private static HttpResponse<String> get(JsonNode at, String path) throws Exception {
        return CLIENT.send(request(at, path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(JsonNode at, String path, String body) throws Exception {
        return CLIENT.send(
                request(at, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(JsonNode at, String path) {
        return HttpRequest.newBuilder(URI.create(api(at) + path)).timeout(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private static String order(String orderId) {
        return "{\"order_id\":\"" + orderId + "\",\"client_id\":\"alice\",\"instrument\":\"ACME\",\"side\":\"SELL\","
                + "\"type\":\"LIMIT\",\"price\":\"101.5\",\"quantity\":\"10\"}";
    }

    private static void enterOrder(JsonNode at, String orderId) throws Exception {
        HttpResponse<String> entered = post(at, "/api/v1/orders", order(orderId));
        assertThat(entered.statusCode()).as(entered.body()).isIn(201, 202);
    }

    private static List<String> runs(JsonNode at) throws Exception {
        return ofAll(get(at, "/api/v1/runs"), "run_id");
    }

    private static List<String> ofAll(HttpResponse<String> answer, String key) throws IOException {
        return JSON.readTree(answer.body()).findValuesAsText(key);
    }

    /** Sends the signal twice, as somebody without patience does. */
    private static void endsWithEverything(CommandProcess command, String signal) throws Exception {
        List<ProcessHandle> children =
                command.process().toHandle().descendants().toList();
        assertThat(children).isNotEmpty();
        for (int time = 0; time < 2; time++) {
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(command.process().pid()))
                    .start()
                    .waitFor();
        }
        Ended ended = command.ended();
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.STOPPED);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        for (Path dataDir : List.of(folder.resolve(".crossbook"), folder.resolve("demo-data"))) {
            assertThat(databasePid(dataDir)).as("no database goes on").isZero();
        }
    }
}
