package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.broker.BrokerOptions;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.store.embedded.EmbeddedPostgres;
import io.crossbook.store.files.RunManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first promise on a topic: the bundled day, published and read from a real broker, gives the hash of its backtest,
 * however it is spread and whatever of it is killed. The long form kills more often: {@code -Dcrossbook.kills=20}.
 */
class LiveIT {
    private static final Path ROOT = CommandProcess.ROOT;
    private static final Path DAY = ROOT.resolve("datasets/demo-day");
    private static final int KILLS = Integer.getInteger("crossbook.kills", 2);
    private static final long SEED = Long.getLong("crossbook.seed", 5);
    private static final long PATIENCE_SECONDS = 300;
    private static final String MORNING = "2024-03-04T09:40:00Z";
    private static final int CHANGED_FROM = 3_000;
    /** The day in some twenty seconds. */
    private static final int FASTEST = 1_500;

    private static final Map<String, String> TABLES = Map.of(
            "trades", "trades.csv",
            "orders", "orders.csv",
            "realized_pnl", "realized.csv",
            "lots", "lots.csv",
            "positions", "positions.csv",
            "rejects", "rejects.csv");

    private static Path folder;

    private static String hash;

    @BeforeAll
    static void backtestTheDay() throws Exception {
        boolean built = Files.exists(Installation.ofProcess().brokerJar());
        if (!built) {
            System.out.println("skipped: the embedded broker is not built");
        }
        assumeTrue(built, "the embedded broker is not built");
        // Below target and not in a temporary folder of mode 0700, which the server's own user could not enter.
        folder = Files.createTempDirectory(ROOT.resolve("crossbook-cli/target"), "live-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ended run = crossbook(
                "backtest",
                DAY.resolve("commands.csv.gz").toString(),
                "--instruments",
                DAY.resolve("instruments.csv").toString(),
                "--db",
                "none",
                "--run-id",
                "day",
                "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        hash = new ObjectMapper().readTree(run.out()).get("hash").textValue();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, exactly-once", "4, 2, low-latency"})
    void thePublishedDayHasTheHashOfItsBacktestAndTheTopicsTellTheSame(int partitions, int parallelism, String delivery)
            throws Exception {
        publish(DAY.resolve("commands.csv.gz"), delivery, partitions);

        Ended live = live(delivery, "--parallelism", Integer.toString(parallelism), "--delivery", delivery);

        assertThat(live.exitCode()).as(live.err()).isZero();
        RunManifest run = RunManifest.fromJson(live.out());
        assertThat(run.hash()).isEqualTo(hash);
        assertThat(run.mode()).isEqualTo("live");
        assertThat(run.input().rows())
                .isEqualTo(run.input().accepted()
                        + run.input().rejected()
                        + run.input().duplicate());
        assertThat(run.allChecksOk()).isTrue();
        assertThat(crossbook("diff", "out/" + delivery, "out/day").exitCode()).isZero();
        assertThat(crossbook("diff", delivery, "out/day").exitCode())
                .as("from Postgres")
                .isZero();
        compareTopics(delivery, run, folder.resolve("out").resolve(delivery));
    }

    private static void compareTopics(String name, RunManifest run, Path out) throws Exception {
        try (BrokerSession broker = broker()) {
            TopicReader topics = new TopicReader(broker.bootstrapServers());
            assertThat(topics.withoutRepeats(name + ".trades")).hasSize(rows(out, "trades.csv"));
            assertThat(topics.withoutRepeats(name + ".rejects")).hasSize(rows(out, "rejects.csv"));
            List<JsonNode> executions = topics.withoutRepeats(name + ".executions");
            assertThat(executions.stream()
                            .filter(each -> !each.get("exec_type").asText().equals("STATUS")))
                    .hasSize(rows(out, "executions.csv"));
            assertThat(executions.stream().filter(each -> each.path("last").asBoolean()))
                    .as("one last execution of each readable command")
                    .hasSize((int) (run.input().rows() - unreadable(out)));
            compareBooks(topics.withoutRepeats(name + ".book"), out);
            comparePositions(topics.withoutRepeats(name + ".pnl"), out);
            if (name.equals("exactly-once")) {
                assertThat(topics.all(name + ".trades")).hasSize(rows(out, "trades.csv"));
            }
        }
    }

    private static void compareBooks(List<JsonNode> records, Path out) throws IOException {
        Map<String, ToldBook> books = new HashMap<>();
        for (JsonNode record : records) {
            ToldBook book = books.computeIfAbsent(record.get("instrument").asText(), name -> new ToldBook());
            assertThat(book.take(record)).as("checksum of %s", record).isTrue();
        }
        List<String> told = new ArrayList<>();
        books.forEach((instrument, book) -> {
            for (String side : List.of("BUY", "SELL")) {
                book.side(side)
                        .forEach((price, quantity) -> told.add(instrument
                                + ' '
                                + side
                                + ' '
                                + price.toPlainString()
                                + ' '
                                + quantity.toPlainString()));
            }
        });
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        fields(out.resolve("book.csv"), "instrument", "side", "price", "quantity"));
    }

    private static void comparePositions(List<JsonNode> records, Path out) throws IOException {
        Map<String, String> newest = new HashMap<>();
        for (JsonNode record : records) {
            newest.put(
                    record.get("client_id").asText()
                            + ' '
                            + record.get("instrument").asText(),
                    record.get("net_quantity").asText()
                            + ' '
                            + record.get("realized_pnl").asText()
                            + ' '
                            + record.get("fees").asText());
        }
        List<String> told = new ArrayList<>();
        newest.forEach((who, what) -> told.add(who + ' ' + what));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(fields(
                        out.resolve("positions.csv"),
                        "client_id",
                        "instrument",
                        "net_quantity",
                        "realized_pnl",
                        "fees"));
    }

    private static List<String> fields(Path file, String... columns) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser rows = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            return rows.stream()
                    .map(row -> Stream.of(columns).map(row::get).collect(Collectors.joining(" ")))
                    .toList();
        }
    }

    private static long unreadable(Path out) throws IOException {
        return fields(out.resolve("rejects.csv"), "instrument").stream()
                .filter(String::isEmpty)
                .count();
    }

    private static int rows(Path out, String file) throws IOException {
        try (Stream<String> lines = Files.lines(out.resolve(file))) {
            return (int) lines.count() - 1;
        }
    }

    private static BrokerSession broker() {
        Console console = new Console(System.out, System.err, false, false);
        return BrokerSession.open(
                new BrokerOptions(),
                folder.resolve(".crossbook"),
                new Surroundings(console, Map.of(), folder, Installation.ofProcess()));
    }

    @Test
    void aChangedCommandIsNamedByDiff() throws Exception {
        Ended morning = crossbook(
                "backtest",
                DAY.resolve("commands.csv.gz").toString(),
                "--instruments",
                DAY.resolve("instruments.csv").toString(),
                "--to",
                MORNING,
                "--db",
                "none",
                "--run-id",
                "morning");
        assertThat(morning.exitCode()).as(morning.err()).isZero();
        publishAnything(withOneChangedCommand(), "changed", "--to", MORNING);
        Ended live = live("changed");
        assertThat(live.exitCode()).as(live.err()).isZero();

        Ended differ = crossbook("diff", "out/morning", "out/changed", "--json");

        assertThat(differ.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        JsonNode difference = new ObjectMapper().readTree(differ.out()).get("difference");
        assertThat(difference.get("instrument").textValue()).isEqualTo("ACME");
        assertThat(difference.get("sequence").longValue()).isPositive();
    }

    @Test
    void whatIsKilledWhileCommandsFlowLosesNothingAndRepeatsNothing() throws Exception {
        Random random = new Random(SEED);
        CommandProcess live = startLive("killed");
        awaitReading(live);
        CommandProcess publish = start(
                "publish-killed",
                List.of(
                        "publish",
                        DAY.resolve("commands.csv.gz").toString(),
                        "--topic-prefix",
                        "killed",
                        "--speed",
                        Integer.toString(FASTEST / Math.max(1, KILLS / 2)) + "x"));
        List<String> victims = new ArrayList<>();
        while (!publish.process().waitFor(random.nextLong(2_000, 5_000), TimeUnit.MILLISECONDS)
                && victims.size() < KILLS) {
            String victim = List.of("job", "broker", "database").get((victims.size() + (int) SEED) % 3);
            victims.add(victim);
            if (victim.equals("job")) {
                child(live, "LiveMain").destroyForcibly();
                live.ended();
                live = startLive("killed");
                awaitReading(live);
            } else if (victim.equals("broker")) {
                child(live, "BrokerMain").destroyForcibly();
            } else {
                killDatabase();
            }
        }
        String story = "seed " + SEED + ", killed " + victims;
        Ended published = publish.ended();
        assertThat(published.exitCode()).as(story + published.err()).isZero();
        live.process().destroy();
        assertThat(live.ended().exitCode()).as(story).isEqualTo(ExitCode.STOPPED);

        Ended end = live("killed");

        assertThat(end.exitCode()).as(story + end.err()).isZero();
        assertThat(victims).as("killed at all").isNotEmpty();
        assertThat(RunManifest.fromJson(end.out()).hash()).as(story).isEqualTo(hash);
        compareRowCounts("killed");
        try (BrokerSession broker = broker()) {
            assertThat(new TopicReader(broker.bootstrapServers()).withoutRepeats("killed.trades"))
                    .as(story)
                    .hasSize(rows(folder.resolve("out/killed"), "trades.csv"));
        }
    }

    @Test
    void goesOnWhereItWasStoppedAndMayGetMoreInstrumentsButNoOtherRules() throws Exception {
        Path one = Files.writeString(
                folder.resolve("one.csv"), "instrument,kind,currency,tick_size,lot_size\nA,EQUITY,USD,0.01,1\n");
        Path two = Files.writeString(folder.resolve("two.csv"), Files.readString(one) + "B,EQUITY,USD,0.01,1\n");
        Path other = Files.writeString(
                folder.resolve("other.csv"), Files.readString(one).replace("0.01", "0.05") + "U,EQUITY,USD,0.01,1\n");
        Path orders = Files.writeString(
                folder.resolve("few.csv"),
                "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n"
                        + "2026-03-02T09:00:00Z,A,NEW,A1,alice,SELL,LIMIT,100.5,10\nwhat?\n"
                        + "2026-03-02T09:00:01Z,A,NEW,B1,bob,BUY,LIMIT,101,4\n"
                        + "2026-03-02T09:00:02Z,U,NEW,C1,carl,BUY,LIMIT,0.003,1\n");
        publishAnything(orders, "stopped");
        CommandProcess live = start("stopped", liveArguments("stopped", one));
        awaitReading(live);
        assertThat(awaitExecutions("stopped", 5)).containsOnly("NEW", "TRADE");
        live.process().destroy();
        Ended stopped = live.ended();
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
        assertThat(stopped.err()).contains("goes on from here");

        assertThat(start("stopped", liveArguments("stopped", other)).ended().err())
                .contains("instrument \"A\" of run \"stopped\" has other rules")
                .contains("instrument \"U\" of run \"stopped\" has other rules");

        List<String> toItsEnd = new ArrayList<>(liveArguments("stopped", two));
        toItsEnd.addAll(List.of("--until-end", "--json"));
        Ended end = start("stopped", toItsEnd).ended();
        assertThat(end.exitCode()).as(end.err()).isZero();
        assertThat(end.err()).contains("going on from savepoint-");
        RunManifest run = RunManifest.fromJson(end.out());
        assertThat(run.trades()).isEqualTo(1);
        assertThat(run.input().rows()).isEqualTo(4);
        assertThat(run.input().rejected()).isEqualTo(1);
        assertThat(fields(folder.resolve("out/stopped/rejects.csv"), "file", "line", "code", "raw"))
                .hasSize(1)
                .allMatch(reject -> reject.matches("stopped\\.commands-\\d \\d NOT_A_RECORD what\\?"));
    }

    @Test
    void anOrderThatIsDueEndsByTheClockThoughNoCommandComes() throws Exception {
        Instant now = Instant.now();
        publishAnything(
                Files.writeString(
                        folder.resolve("due.csv"),
                        "timestamp,instrument,action,order_id,client_id,side,type,tif,expire_at,price,quantity\n" + now
                                + ",A,NEW,A1,alice,SELL,LIMIT,GTD," + now.plusSeconds(1) + ",100,10\n"),
                "clock");
        List<String> arguments = new ArrayList<>(liveArguments("clock", DAY.resolve("instruments.csv")));
        arguments.addAll(List.of("--clock", "100ms"));
        CommandProcess live = start("clock", arguments);
        awaitReading(live);
        assertThat(awaitExecutions("clock", 2)).containsExactly("NEW", "EXPIRED");
        live.process().destroy();
        assertThat(live.ended().exitCode()).isEqualTo(ExitCode.STOPPED);
    }

    @Test
    void saysThatNoBrokerAnswersAndLeavesNoRun() throws Exception {
        Ended refused = crossbook("live", "--run-id", "nowhere", "--bootstrap-servers", "127.0.0.1:1");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(refused.err()).contains("no broker answers at 127.0.0.1:1");
        assertThat(folder.resolve(".crossbook/runs/nowhere/request.json")).doesNotExist();
    }

    /** Waits until there are so many executions, and returns their types. */
    private static List<String> awaitExecutions(String prefix, int count) throws IOException {
        try (BrokerSession broker = broker()) {
            TopicReader topics = new TopicReader(broker.bootstrapServers());
            long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            List<String> said = List.of();
            while (said.size() < count && System.nanoTime() < giveUpAt) {
                said = topics.withoutRepeats(prefix + ".executions").stream()
                        .map(each -> each.get("exec_type").asText())
                        .toList();
            }
            return said;
        }
    }

    private static ProcessHandle child(CommandProcess command, String mainClass) {
        return command.process()
                .toHandle()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process of " + mainClass));
    }

    private static void killDatabase() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve(".crossbook"), 0)) {
            String data;
            try (Connection connection =
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                    ResultSet answer = connection.createStatement().executeQuery("SHOW data_directory")) {
                answer.next();
                data = answer.getString(1);
            }
            String pid =
                    Files.readAllLines(Path.of(data, "postmaster.pid")).get(0).strip();
            ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        }
    }

    /** Waits until the job of a live command has begun. */
    private static void awaitReading(CommandProcess command) throws IOException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < giveUpAt) {
            String said = command.err();
            if (said.contains(" reads ")) {
                return;
            }
            assertThat(command.process().isAlive()).as(said).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("the job did not begin in time");
    }

    private static void compareRowCounts(String runId) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve(".crossbook"), 0);
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                try (var rows =
                        connection.prepareStatement("SELECT count(*) FROM " + table.getKey() + " WHERE run_id = ?")) {
                    rows.setString(1, runId);
                    ResultSet count = rows.executeQuery();
                    count.next();
                    assertThat(count.getLong(1))
                            .as(table.getKey())
                            .isEqualTo(rows(folder.resolve("out").resolve(runId), table.getValue()));
                }
            }
        }
    }

    /** One order of the morning has a lot more. */
    private static Path withOneChangedCommand() throws IOException {
        Path changed = folder.resolve("changed.csv");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DAY.resolve("commands.csv.gz"))), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        }
        List<String> columns = List.of(lines.get(0).split(","));
        int quantity = columns.indexOf("quantity");
        int action = columns.indexOf("action");
        int instrument = columns.indexOf("instrument");
        for (int i = CHANGED_FROM; ; i++) {
            String[] fields = lines.get(i).split(",", -1);
            if (fields[action].equals("NEW") && fields[instrument].equals("ACME")) {
                fields[quantity] = Long.toString(Long.parseLong(fields[quantity]) + 1);
                lines.set(i, String.join(",", fields));
                break;
            }
        }
        try (Writer out = new OutputStreamWriter(Files.newOutputStream(changed), StandardCharsets.UTF_8)) {
            for (String line : lines) {
                out.write(line + "\n");
            }
        }
        return changed;
    }

    private static void publish(Path file, String prefix, int partitions) throws Exception {
        JsonNode sent = publishAnything(file, prefix, "--partitions", Integer.toString(partitions));
        assertThat(sent.get("records").longValue()).isEqualTo(199_690);
    }

    private static JsonNode publishAnything(Path file, String prefix, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("publish", file.toString(), "--topic-prefix", prefix, "--json"));
        arguments.addAll(List.of(more));
        Ended published = crossbook(arguments.toArray(String[]::new));
        assertThat(published.exitCode()).as(published.err()).isZero();
        return new ObjectMapper().readTree(published.out());
    }

    /** A live run to the end of its topic. */
    private static Ended live(String name, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(liveArguments(name, DAY.resolve("instruments.csv")));
        arguments.addAll(List.of("--until-end", "--json"));
        arguments.addAll(List.of(more));
        return start(name, arguments).ended();
    }

    private static CommandProcess startLive(String name) throws IOException {
        return start(name, liveArguments(name, DAY.resolve("instruments.csv")));
    }

    private static List<String> liveArguments(String name, Path instruments) {
        return List.of(
                "live",
                "--run-id",
                name,
                "--topic-prefix",
                name,
                "--instruments",
                instruments.toString(),
                "--checkpoint-interval",
                "500ms");
    }

    private static Ended crossbook(String... arguments) throws Exception {
        return start("crossbook", List.of(arguments)).ended();
    }

    private static CommandProcess start(String name, List<String> arguments) throws IOException {
        return CommandProcess.crossbook(folder, folder, name, "1g", arguments);
    }
}
