package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.broker.BrokerOptions;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The bundled day, its backtest, and what a run of it on a topic is held against; commands run in a folder of their own. */
final class DayOnTopic {
    static final Path COMMANDS = CommandProcess.ROOT.resolve("datasets/demo-day/commands.csv.gz");
    static final Path INSTRUMENTS = CommandProcess.ROOT.resolve("datasets/demo-day/instruments.csv");

    private final Path folder;
    private final Map<String, String> environment;
    private final String hash;

    private DayOnTopic(Path folder, Map<String, String> environment, String... options) throws Exception {
        this.folder = folder;
        this.environment = environment;
        List<String> arguments = new ArrayList<>(List.of("backtest", COMMANDS.toString(), "--db", "none", "--json"));
        arguments.addAll(List.of("--instruments", INSTRUMENTS.toString(), "--run-id", "day"));
        arguments.addAll(List.of(options));
        Ended run = crossbook(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        hash = new ObjectMapper().readTree(run.out()).get("hash").textValue();
    }

    /**
     * Backtests the day in a folder, which has an embedded broker too; commands get these variables.
     *
     * @param options of the backtest, as {@code --to} for a part of the day
     */
    static DayOnTopic in(Path folder, Map<String, String> environment, String... options) throws Exception {
        boolean built = Files.exists(Installation.ofProcess().brokerJar());
        if (!built) {
            System.out.println("skipped: the embedded broker is not built");
        }
        assumeTrue(built, "the embedded broker is not built");
        return new DayOnTopic(folder, environment, options);
    }

    Ended crossbook(String... arguments) throws Exception {
        return start("crossbook", List.of(arguments)).ended();
    }

    /** @param name of the files with what it prints */
    CommandProcess start(String name, List<String> arguments) throws IOException {
        return CommandProcess.crossbook(folder, folder, name, "1g", environment, arguments);
    }

    /** A live run to the end of its topic. */
    Ended live(String name, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(liveArguments(name, INSTRUMENTS));
        arguments.addAll(List.of("--until-end", "--json"));
        arguments.addAll(List.of(more));
        return start(name, arguments).ended();
    }

    static List<String> liveArguments(String name, Path instruments) {
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

    /**
     * Holds a run that has come to its end against the backtest: its hash, each row of its files and of Postgres, its topics.
     *
     * @param delivery exactly-once also means that no topic has a trade twice
     * @param story what is said when it differs
     * @param database options of commands that read Postgres
     */
    void isToldTheSameBy(RunManifest run, String topicPrefix, String delivery, String story, String... database)
            throws Exception {
        assertThat(run.hash()).as(story).isEqualTo(hash);
        assertThat(run.allChecksOk()).as(story).isTrue();
        assertThat(run.input().rows())
                .isEqualTo(run.input().accepted()
                        + run.input().rejected()
                        + run.input().duplicate());
        String name = run.runId();
        assertThat(crossbook("diff", "out/" + name, "out/day").exitCode())
                .as(story)
                .isZero();
        List<String> stored = new ArrayList<>(List.of("diff", name, "out/day"));
        stored.addAll(List.of(database));
        Ended differ = crossbook(stored.toArray(String[]::new));
        assertThat(differ.exitCode())
                .as("from Postgres, %s: %s%s", story, differ.out(), differ.err())
                .isZero();
        compareRejects(name, story, database);
        compareTopics(topicPrefix, run, delivery);
    }

    /** Rejects are in no hash, and so in no {@code diff}. */
    private void compareRejects(String name, String story, String... database) throws Exception {
        List<String> export = new ArrayList<>(List.of("export", name, "--out", "export-" + name));
        export.addAll(List.of(database));
        Ended exported = crossbook(export.toArray(String[]::new));
        assertThat(exported.exitCode()).as(story + exported.err()).isZero();
        assertThat(Files.mismatch(
                        folder.resolve("export-" + name).resolve("rejects.csv"),
                        folder.resolve("out").resolve(name).resolve("rejects.csv")))
                .as("rejects from Postgres, %s", story)
                .isEqualTo(-1);
    }

    /** Holds the documentation of the topics against their records. */
    void isDocumented(String topicPrefix) throws Exception {
        try (BrokerSession broker = broker()) {
            MessagesDocument.check(new TopicReader(broker.bootstrapServers()), topicPrefix);
        }
    }

    private void compareTopics(String prefix, RunManifest run, String delivery) throws Exception {
        Path out = folder.resolve("out").resolve(run.runId());
        try (BrokerSession broker = broker()) {
            TopicReader topics = new TopicReader(broker.bootstrapServers());
            assertThat(topics.withoutRepeats(prefix + ".trades")).hasSize(rows(out, "trades.csv"));
            assertThat(topics.withoutRepeats(prefix + ".rejects")).hasSize(rows(out, "rejects.csv"));
            List<JsonNode> executions = topics.withoutRepeats(prefix + ".executions");
            assertThat(executions.stream()
                            .filter(each -> !each.get("exec_type").asText().equals("STATUS")))
                    .hasSize(rows(out, "executions.csv"));
            assertThat(executions.stream().filter(each -> each.path("last").asBoolean()))
                    .as("one last execution of each readable command")
                    .hasSize((int) (run.input().rows() - unreadable(out)));
            compareBooks(topics.withoutRepeats(prefix + ".book"), out);
            comparePositions(topics.withoutRepeats(prefix + ".pnl"), out);
            if (delivery.equals("exactly-once")) {
                assertThat(topics.all(prefix + ".trades")).hasSize(rows(out, "trades.csv"));
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

    static List<String> fields(Path file, String... columns) throws IOException {
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

    BrokerSession broker() {
        Console console = new Console(System.out, System.err, false, false);
        return BrokerSession.open(
                new BrokerOptions(),
                folder.resolve(".crossbook"),
                new Surroundings(console, Map.of(), folder, Installation.ofProcess()));
    }
}
