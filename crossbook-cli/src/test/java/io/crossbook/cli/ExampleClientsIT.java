package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clients that the README shows, as they lie in docs/examples. Needs curl, kcat and Python with requests and websockets. */
@Tag("clients")
class ExampleClientsIT {
    private static final Path EXAMPLES = CommandProcess.ROOT.resolve("docs/examples");

    private static RunningStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = RunningStack.start("clients");
    }

    @AfterAll
    static void stop() throws Exception {
        if (stack != null) {
            stack.stop();
        }
    }

    /** Runs an example to its end. */
    private static String run(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(EXAMPLES.toFile()).redirectErrorStream(true);
        builder.environment().put("api", stack.address("api") + "/api/v1");
        builder.environment().put("stream", stack.address("api").replace("http", "ws") + "/stream");
        builder.environment().put("broker", stack.address("kafka"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void curlEntersReplacesAndCancels() throws Exception {
        List<String> answers =
                run("bash", "-euo", "pipefail", "order.sh").lines().toList();
        assertThat(answers).hasSize(8);
        assertThat(answers.get(1)).contains("\"status\":\"FILLED\"", "\"trade_id\":\"ACME-1\"");
        assertThat(answers.get(2)).contains("\"quantity\":\"60\"");
        assertThat(answers.get(4)).contains("\"leaves_quantity\":\"50\"");
        assertThat(answers.get(5)).contains("\"status\":\"CANCELLED\"");
        assertThat(answers.get(7)).contains("\"net_quantity\":\"40\"");
    }

    @Test
    void kcatFindsTheRightPartition() throws Exception {
        assertThat(run("bash", "-euo", "pipefail", "topics.sh"))
                .contains("\"trade_id\":\"KCAT-1\"", "\"quantity\":\"3\"");
        assertThat(stack.get("/orders?instrument=KCAT").body().get("orders")).hasSize(2);
    }

    @Test
    void pythonReadsItsProfit() throws Exception {
        assertThat(run("/usr/bin/python3", "portfolio.py")).contains("realized 16000 unrealized 2000 net 18000");
    }

    @Test
    void pythonFollowsTheStream() throws Exception {
        assertThat(run("/usr/bin/python3", "stream.py")).contains("new_trade {", "\"trade_id\": \"STREAM-1\"");
    }
}
