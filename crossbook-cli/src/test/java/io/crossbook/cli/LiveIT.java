package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.store.files.RunManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first promise on a topic: the bundled day, published and read from a real broker, gives the hash of its backtest,
 * however it is spread.
 */
@Tag("long")
class LiveIT {
    private static final long PATIENCE_SECONDS = 300;
    private static final String MORNING = "2024-03-04T09:40:00Z";
    private static final int CHANGED_FROM = 3_000;

    private static DayOnTopic day;
    private static Path folder;

    @BeforeAll
    static void backtestTheDay() throws Exception {
        folder = CommandProcess.newFolder("live");
        day = DayOnTopic.in(folder, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"2, 1, exactly-once", "4, 2, low-latency"})
    void thePublishedDayHasTheHashOfItsBacktestAndTheTopicsTellTheSame(int partitions, int parallelism, String delivery)
            throws Exception {
        publish(DayOnTopic.COMMANDS, delivery, partitions);

        Ended live = day.live(delivery, "--parallelism", Integer.toString(parallelism), "--delivery", delivery);

        assertThat(live.exitCode()).as(live.err()).isZero();
        RunManifest run = RunManifest.fromJson(live.out());
        assertThat(run.mode()).isEqualTo("live");
        day.isToldTheSameBy(run, delivery, delivery, delivery);
        if (delivery.equals("low-latency")) {
            day.isDocumented(delivery);
        }
    }

    @Test
    void aRunToTheEndThatIsKilledGoesOnToTheSameEndAndToNoOther() throws Exception {
        Path unreadable = Files.writeString(
                folder.resolve("unreadable.csv"),
                "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\nwhat?\n");
        publishAnything(unreadable, "killed", "--partitions", "2");
        publish(DayOnTopic.COMMANDS, "killed", 2);
        publishAnything(unreadable, "killed");
        List<String> arguments = new ArrayList<>(DayOnTopic.liveArguments("killed", DayOnTopic.INSTRUMENTS));
        arguments.addAll(List.of("--parallelism", "2"));
        List<String> endless = List.copyOf(arguments);
        arguments.addAll(List.of("--until-end", "--json"));
        CommandProcess first = day.start("killed", arguments);
        awaitCheckpoint(first, "killed");
        RunningStack.child(first, "LiveMain").orElseThrow().destroyForcibly();
        assertThat(first.ended().exitCode()).isEqualTo(ExitCode.INTERNAL);

        Ended withoutEnd = day.start("endless", endless).ended();
        assertThat(withoutEnd.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(withoutEnd.err()).contains("run \"killed\" was started with --until-end; let it come to its end");
        Ended onOne = day.live("killed", "--parallelism", "1");
        assertThat(onOne.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(onOne.err()).contains("was started with --until-end and --parallelism 2");

        Ended end = day.start("killed", arguments).ended();
        assertThat(end.exitCode()).as(end.err()).isZero();
        assertThat(end.err()).contains("live: going on from chk-");
        RunManifest run = RunManifest.fromJson(end.out());
        assertThat(run.checks().get("postgres_equals_files").ok()).isTrue();
        assertThat(DayOnTopic.fields(folder.resolve("out/killed/rejects.csv"), "raw").stream()
                        .filter("what?"::equals))
                .hasSize(2);
        day.isToldTheSameBy(run, "killed", "low-latency", "killed after a checkpoint");
    }

    /** Waits until a run has a complete checkpoint. */
    private static void awaitCheckpoint(CommandProcess command, String runId) throws IOException {
        Path checkpoints = folder.resolve(".crossbook/runs/" + runId + "/checkpoints");
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!hasCheckpoint(checkpoints)) {
            assertThat(command.process().isAlive()).as(command.err()).isTrue();
            assertThat(System.nanoTime()).as("a checkpoint is complete").isLessThan(giveUpAt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean hasCheckpoint(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.anyMatch(file -> file.endsWith("_metadata"));
        } catch (UncheckedIOException removedMeanwhile) {
            return false;
        }
    }

    @Test
    void aChangedCommandIsNamedByDiff() throws Exception {
        Ended morning = day.crossbook(
                "backtest",
                DayOnTopic.COMMANDS.toString(),
                "--instruments",
                DayOnTopic.INSTRUMENTS.toString(),
                "--to",
                MORNING,
                "--db",
                "none",
                "--run-id",
                "morning");
        assertThat(morning.exitCode()).as(morning.err()).isZero();
        publishAnything(withOneChangedCommand(), "changed", "--to", MORNING);
        Ended live = day.live("changed");
        assertThat(live.exitCode()).as(live.err()).isZero();

        Ended differ = day.crossbook("diff", "out/morning", "out/changed", "--json");

        assertThat(differ.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        JsonNode difference = new ObjectMapper().readTree(differ.out()).get("difference");
        assertThat(difference.get("instrument").textValue()).isEqualTo("ACME");
        assertThat(difference.get("sequence").longValue()).isPositive();
    }

    @Test
    void goesOnWhereItWasStoppedOnMoreSubtasksAndMayGetMoreInstrumentsButNoOtherRules() throws Exception {
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
        CommandProcess live = day.start("stopped", DayOnTopic.liveArguments("stopped", one));
        awaitReading(live);
        assertThat(awaitExecutions("stopped", 5)).containsOnly("NEW", "TRADE");
        live.process().destroy();
        Ended stopped = live.ended();
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
        assertThat(stopped.err()).contains("goes on from here");

        assertThat(day.start("stopped", DayOnTopic.liveArguments("stopped", other))
                        .ended()
                        .err())
                .contains("instrument \"A\" of run \"stopped\" has other rules")
                .contains("instrument \"U\" of run \"stopped\" has other rules");

        publishAnything(
                Files.writeString(
                        folder.resolve("more.csv"),
                        "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n"
                                + "2026-03-02T09:00:03Z,A,NEW,B2,bob,BUY,LIMIT,101,6\n"),
                "stopped");
        List<String> toItsEnd = new ArrayList<>(DayOnTopic.liveArguments("stopped", two));
        toItsEnd.addAll(List.of("--until-end", "--json", "--parallelism", "2"));
        Ended end = day.start("stopped", toItsEnd).ended();
        assertThat(end.exitCode()).as(end.err()).isZero();
        assertThat(end.err()).contains("going on from savepoint-");
        RunManifest run = RunManifest.fromJson(end.out());
        assertThat(run.trades()).isEqualTo(2);
        assertThat(run.input().rows()).isEqualTo(5);
        assertThat(run.input().rejected()).isEqualTo(1);
        assertThat(DayOnTopic.fields(folder.resolve("out/stopped/rejects.csv"), "file", "line", "code", "raw"))
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
        List<String> arguments = new ArrayList<>(DayOnTopic.liveArguments("clock", DayOnTopic.INSTRUMENTS));
        arguments.addAll(List.of("--clock", "100ms"));
        CommandProcess live = day.start("clock", arguments);
        awaitReading(live);
        assertThat(awaitExecutions("clock", 2)).containsExactly("NEW", "EXPIRED");
        live.process().destroy();
        assertThat(live.ended().exitCode()).isEqualTo(ExitCode.STOPPED);
    }

    @Test
    void saysThatNoBrokerAnswersAndLeavesNoRun() throws Exception {
        Ended refused = day.crossbook("live", "--run-id", "nowhere", "--bootstrap-servers", "127.0.0.1:1");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(refused.err()).contains("no broker answers at 127.0.0.1:1");
        assertThat(folder.resolve(".crossbook/runs/nowhere/request.json")).doesNotExist();
    }

    /** Waits until there are so many executions, and returns their types. */
    private static List<String> awaitExecutions(String prefix, int count) throws IOException {
        try (BrokerSession broker = day.broker()) {
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

    /** One order of the morning has a lot more. */
    private static Path withOneChangedCommand() throws IOException {
        Path changed = folder.resolve("changed.csv");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DayOnTopic.COMMANDS)), StandardCharsets.UTF_8))) {
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

    private static void publish(Path file, String prefix, int partitions) throws Exception {
        JsonNode sent = publishAnything(file, prefix, "--partitions", Integer.toString(partitions));
        assertThat(sent.get("records").longValue()).isEqualTo(199_690);
    }

    private static JsonNode publishAnything(Path file, String prefix, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("publish", file.toString(), "--topic-prefix", prefix, "--json"));
        arguments.addAll(List.of(more));
        Ended published = day.crossbook(arguments.toArray(String[]::new));
        assertThat(published.exitCode()).as(published.err()).isZero();
        return new ObjectMapper().readTree(published.out());
    }
}
