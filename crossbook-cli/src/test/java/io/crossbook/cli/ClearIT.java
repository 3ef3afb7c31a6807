package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clearings of small days as a person makes them, with processes of their own on an embedded server that is kept up. */
@Tag("long")
class ClearIT {
    private static final String HEAP = "700m";
    private static final long PATIENCE_SECONDS = 120;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTRUMENTS = """
            instrument,kind,currency,tick_size,lot_size,multiplier,maker_fee_bps,taker_fee_bps
            FUT,FUTURE,EUR,0.25,1,10,0.1,0.2
            ACME,EQUITY,USD,0.01,1,1,0,1
            """;
    private static final String ORDERS = """
            timestamp,instrument,action,order_id,client_id,side,type,price,quantity
            2026-03-02T09:00:00Z,FUT,NEW,A1,alice,SELL,LIMIT,101.5,7
            2026-03-02T09:00:01Z,FUT,NEW,B1,bob,BUY,LIMIT,101.5,4
            2026-03-02T09:00:02Z,FUT,NEW,C1,carol,BUY,LIMIT,101.5,3
            2026-03-02T09:01:00Z,ACME,NEW,A2,alice,BUY,LIMIT,20.05,30
            2026-03-02T09:01:01Z,ACME,NEW,B2,bob,SELL,LIMIT,20.05,12
            2026-03-02T23:59:30Z,FUT,NEW,D1,dave,SELL,LIMIT,102,5
            2026-03-02T23:59:40Z,FUT,NEW,B3,bob,BUY,LIMIT,102,2
            """;

    private static Path folder;
    private static EmbeddedPostgres server;
    private static Ended cleared;

    @BeforeAll
    static void clearADay() throws Exception {
        Installation here = Installation.ofProcess();
        assumeTrue(Files.exists(here.replayJar()) && Files.exists(here.clearingJar()), "the programs are not built");
        folder = CommandProcess.newFolder("clear");
        Files.writeString(folder.resolve("orders.csv"), ORDERS);
        Files.writeString(folder.resolve("instruments.csv"), INSTRUMENTS);
        server = EmbeddedPostgres.start(folder.resolve(".crossbook"), 0);
        trade("day");
        cleared = crossbook("clear", "--date", "2026-03-02", "--run", "day");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static void trade(String runId) throws Exception {
        Ended run =
                crossbook("backtest", "orders.csv", "--instruments", "instruments.csv", "--run-id", runId, "--replace");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void clearsADayAndSaysSo() throws Exception {
        assertThat(cleared.exitCode()).as(cleared.err()).isZero();
        assertThat(cleared.out())
                .contains("clearing 2026-03-02 of run day, number 1")
                .contains("official, first of its chain")
                .contains("4 members, 2 instruments, 8 legs")
                .contains("20 of 20 ok")
                .contains("out/clearing/day/2026-03-02-1");
        Path files = folder.resolve("out/clearing/day/2026-03-02-1");
        assertThat(files.resolve("prices.csv"))
                .hasContent(
                        "instrument,price,previous_price,method,volume\nACME,20.05,,LAST_TRADE,0\nFUT,102,,WINDOW_VWAP,2");
        assertThat(files.resolve("variation.csv"))
                .hasContent("member,instrument,currency,amount\nalice,FUT,EUR,-35\nbob,FUT,EUR,20\ncarol,FUT,EUR,15\n"
                        + "dave,FUT,EUR,0");
        assertThat(files.resolve("members/bob/statement.html"))
                .content()
                .contains("<td>2026-03-02T09:00:01", "<td class=\"n\">101.5</td>")
                .doesNotContain("cleared again");
        JsonNode manifest = JSON.readTree(files.resolve("manifest.json").toFile());
        assertThat(manifest.get("hash").asText()).isEqualTo(hashOver(files, manifest));
        assertThat(state("day", "2026-03-02", false).get("state").asText()).isEqualTo("official");
        assertThat(state("day", "2026-03-02", false).get("hash")).isEqualTo(manifest.get("hash"));
    }

    private static String hashOver(Path files, JsonNode manifest) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        List<String> names = new java.util.ArrayList<>();
        manifest.get("files").fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            sha.update(Files.readAllBytes(files.resolve(name)));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    @Test
    void writesTheSameBytesAgain() throws Exception {
        Path first = folder.resolve("out/clearing/day/2026-03-02-1");
        Ended again = crossbook("clear", "statements", "--date", "2026-03-02", "--run", "day", "--out", "copy");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(contents(folder.resolve("copy"))).isEqualTo(contents(first));

        Ended one = crossbook(
                "clear", "statements", "--date", "2026-03-02", "--run", "day", "--member", "bob", "--out", "bobs");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(contents(folder.resolve("bobs/members/bob"))).isEqualTo(contents(first.resolve("members/bob")));
        assertThat(folder.resolve("bobs/members/alice")).doesNotExist();
        assertThat(crossbook("clear", "statements", "--date", "2026-03-02", "--run", "day", "--member", "eve"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(refused -> assertThat(refused.err()).contains("\"eve\" has no statement"));
    }

    @Test
    void neverWritesOverAFolderWithOtherThings() throws Exception {
        Ended refused = crossbook("clear", "statements", "--date", "2026-03-02", "--run", "day", "--out", ".");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("holds other things");
        assertThat(folder.resolve("orders.csv")).exists();
    }

    @Test
    void refusesADateThatIsClearedAndNamesTheCommandThatClearsItAgain() throws Exception {
        Ended refused = crossbook("clear", "--date", "2026-03-02", "--run", "day");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("./crossbook clear --date 2026-03-02 --run day --reason TEXT");
    }

    @Test
    void triesOutWithoutAnyTrace() throws Exception {
        trade("tried");
        assertThat(crossbook("clear", "--date", "2026-03-02", "--run", "tried").exitCode())
                .isZero();
        JsonNode official = state("tried", "2026-03-02", false);
        Files.writeString(
                folder.resolve("busts.csv"), "trade_id,version,action,price,quantity,reason\nFUT-1,1,CANCEL,,,bust\n");
        for (int number = 1; number <= 2; number++) {
            Ended tried = crossbook(
                    "clear",
                    "what-if",
                    "--date",
                    "2026-03-02",
                    "--run",
                    "tried",
                    "--settlement-method",
                    "last-trade",
                    "--corrections",
                    "busts.csv",
                    "--json");
            assertThat(tried.exitCode()).as(tried.err()).isZero();
            JsonNode manifest = JSON.readTree(tried.out());
            assertThat(manifest.at("/run/official").asBoolean()).isFalse();
            assertThat(manifest.at("/run/run_no").asInt()).isEqualTo(number);
            assertThat(manifest.get("hash")).isNotEqualTo(official.get("hash"));
        }
        assertThat(folder.resolve("out/clearing/tried/what-if-2026-03-02-2/variation.csv"))
                .content()
                .contains("bob,FUT,EUR,0");
        assertThat(state("tried", "2026-03-02", false)).isEqualTo(official);

        assertThat(crossbook("clear", "--date", "2026-03-03", "--run", "tried").exitCode())
                .isZero();
        assertThat(column(folder.resolve("out/clearing/tried/2026-03-03-1/balances.csv"), 2))
                .containsAll(column(folder.resolve("out/clearing/tried/2026-03-02-1/balances.csv"), 3));
    }

    @Test
    void refusesASecondAtOnceAndGoesOnWithTheFirstAfterItWasKilled() throws Exception {
        trade("twice");
        try (Connection holder = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE settlement_prices");
            CommandProcess first = CommandProcess.crossbook(
                    folder, folder, "first", HEAP, List.of("clear", "--date", "2026-03-02", "--run", "twice"));
            awaitStep("twice", "settle");
            Ended second = crossbook("clear", "--date", "2026-03-02", "--run", "twice");
            assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(second.err())
                    .contains("is being cleared for 2026-03-02 by another process")
                    .contains("settle");
            assertThat(state("twice", "2026-03-02", false).get("state").asText())
                    .isEqualTo("running");

            first.process().destroyForcibly().waitFor();
            holder.rollback();
        }
        awaitState("twice", "cut off");
        Ended recovered = crossbook("clear", "recover", "--run", "twice");
        assertThat(recovered.exitCode()).as(recovered.err()).isZero();
        assertThat(recovered.err()).contains("which was cut off at the step");
        // The same trades give the same files, whatever the run is called and however often it was cut off.
        assertThat(state("twice", "2026-03-02", false).get("hash"))
                .isEqualTo(state("day", "2026-03-02", false).get("hash"));

        Ended nothing = crossbook("clear", "recover", "--run", "twice", "--json");
        assertThat(nothing.exitCode()).isZero();
        assertThat(JSON.readTree(nothing.out())).isEmpty();
    }

    @Test
    void forgetsTheClearingsOfARunThatIsReplaced() throws Exception {
        trade("replaced");
        assertThat(crossbook("clear", "--date", "2026-03-02", "--run", "replaced")
                        .exitCode())
                .isZero();
        trade("replaced");
        assertThat(JSON.readTree(crossbook("clear", "status", "--run", "replaced", "--json")
                        .out()))
                .isEmpty();
        Ended again = crossbook("clear", "--date", "2026-03-02", "--run", "replaced");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).contains("number 1");
    }

    @Test
    void doesNotClearARunThatIsNotWhatItsManifestSays() throws Exception {
        trade("altered");
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE orders SET entered_at = entered_at + 1"
                            + " WHERE run_id = 'altered' AND order_id = 'A1'"))
                    .isOne();
        }
        Ended refused = crossbook("clear", "--date", "2026-03-02", "--run", "altered");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(refused.err()).contains("stream hash (1)");
        assertThat(folder.resolve("out/clearing/altered")).doesNotExist();
    }

    private static void awaitStep(String runId, String step) throws SQLException {
        await(() -> {
            try (Connection connection =
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            "SELECT 1 FROM clearing_runs WHERE run_id = '" + runId + "' AND step = '" + step + "'")) {
                return found.next();
            }
        });
    }

    private static void awaitState(String runId, String state) throws Exception {
        await(() -> state(runId, "2026-03-02", false).get("state").asText().equals(state));
    }

    private interface Question {
        boolean ask() throws Exception;
    }

    private static void await(Question question) {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < giveUpAt) {
            try {
                if (question.ask()) {
                    return;
                }
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("nothing of the kind happened in " + PATIENCE_SECONDS + " s");
    }

    /** The newest clearing of a date as {@code clear status} shows it. */
    private static JsonNode state(String runId, String date, boolean whatIf) throws Exception {
        JsonNode found = null;
        for (JsonNode each : JSON.readTree(
                crossbook("clear", "status", "--run", runId, "--json").out())) {
            if (each.get("business_date").asText().equals(date)
                    && each.get("what_if").asBoolean() == whatIf) {
                found = each;
            }
        }
        assertThat(found).as("a clearing of " + date + " of run " + runId).isNotNull();
        return found;
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    private static List<String> column(Path csv, int column) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[0] + ' ' + line.split(",", -1)[1] + ' ' + line.split(",", -1)[column])
                .toList();
    }

    private static Ended crossbook(String... arguments) throws Exception {
        return CommandProcess.crossbook(folder, folder, "stream", HEAP, List.of(arguments))
                .ended();
    }
}
