package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.replay.input.UsageException;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run may be asked for: by a name that is taken, again, anew, in part, at a speed, beside another. */
class RequestIT {
    private static final String HEADER = "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n";
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path home;

    private Runs runs;

    @BeforeEach
    void useOwnFolder() {
        runs = new Runs(home);
    }

    @Test
    void refusesANameThatIsTakenAndNamesTheWaysOut() throws Exception {
        BacktestSettings settings = runs.of("day", "orders.csv", orders(20));
        Runs.Outcome first = Runs.run(settings).isComplete(20);

        assertThatThrownBy(() -> Runs.run(settings))
                .isInstanceOf(UsageException.class)
                .hasMessage("run \"day\" exists already; go on with --resume, begin anew with --replace,"
                        + " or choose another name");
        BacktestSettings elsewhere = Runs.with(settings, all -> all.put("run_id", "other"));
        assertThatThrownBy(() -> Runs.run(elsewhere))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(settings.out() + " holds a run already")
                .hasMessageContainingAll("--resume", "--replace");
        assertThat(first.manifest().runId()).isEqualTo("day");
    }

    @Test
    void beginsAnewWithReplaceAndLeavesNothingOfTheRunBefore() throws Exception {
        BacktestSettings before =
                Runs.with(runs.of("day", "orders.csv", orders(20)), all -> all.put("executions", true));
        Runs.run(before).isComplete(20);
        Files.writeString(Path.of(before.out(), "notes.txt"), "the user's own");

        BacktestSettings anew = Runs.with(runs.of("day", "orders.csv", orders(30)), all -> all.put("replace", true));
        Runs.Outcome run = Runs.run(anew).isComplete(30);

        assertThat(run.manifest().restarts()).isZero();
        assertThat(run.rows("orders.csv")).hasSize(30);
        assertThat(run.out().resolve("executions.csv")).doesNotExist();
        assertThat(run.out().resolve("notes.txt")).exists();
    }

    @Test
    void tellsAFinishedRunThatItHadComeToItsEnd() throws Exception {
        BacktestSettings settings = runs.of("day", "orders.csv", orders(20));
        byte[] manifest = Files.readAllBytes(Runs.run(settings).out().resolve("run.json"));

        Runs.Outcome again = Runs.run(resumed(settings));
        assertThat(again.exitCode()).isZero();
        assertThat(again.said()).isEqualTo("backtest: run \"day\" had come to its end" + System.lineSeparator());
        assertThat(again.out().resolve("run.json")).hasBinaryContent(manifest);
    }

    @Test
    void refusesToResumeWithOtherArgumentsAndNamesThem() throws Exception {
        BacktestSettings settings = runs.of("day", "orders.csv", orders(20));
        Runs.run(settings).isComplete(20);

        BacktestSettings other = Runs.with(resumed(settings), all -> {
            all.put("parallelism", 2);
            all.put("state", "rocksdb");
        });
        assertThatThrownBy(() -> Runs.run(other))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run \"day\" was started with other arguments")
                .hasMessageContaining("--replace")
                .hasMessageEndingWith(": parallelism was 1, is 2, state was \"heap\", is \"rocksdb\"");
    }

    @Test
    void startsARunThatThereIsNothingToResumeOf() throws Exception {
        Runs.Outcome run =
                Runs.run(resumed(runs.of("new", "orders.csv", orders(20)))).isComplete(20);
        assertThat(run.said()).contains("there is nothing to resume of run \"new\"; starting it");
    }

    @Test
    void startsOverAndSaysSoIfNoCheckpointWasComplete() throws Exception {
        BacktestSettings settings = runs.of("killed", "orders.csv", orders(20));
        // What a process leaves that is killed before its first checkpoint.
        Path folder = Files.createDirectories(Path.of(settings.dataDir(), "runs", "killed"));
        Files.writeString(folder.resolve("request.json"), settings.toJson());
        Files.createDirectories(folder.resolve("checkpoints").resolve("f00").resolve("chk-1"));

        Runs.Outcome run = Runs.run(resumed(settings)).isComplete(20);
        assertThat(run.said()).contains("no checkpoint was complete; starting over");
    }

    @Test
    void sumsUpARunWhoseJobWasThroughButNotItsFilesUnlessTheInputHasChangedSince() throws Exception {
        BacktestSettings settings = runs.of("through", "orders.csv", orders(20));
        Path out = Path.of(settings.out());
        Files.createDirectories(out.getParent());
        Files.writeString(out, "in the way");
        assertThatThrownBy(() -> Runs.run(settings)).isInstanceOf(FileAlreadyExistsException.class);
        Files.delete(out);

        Path input = Path.of(settings.files().get(0).path());
        Files.writeString(input, orders(21));
        assertThatThrownBy(() -> Runs.run(resumed(settings)))
                .isInstanceOf(UsageException.class)
                .hasMessage("the input of run \"through\" has changed since it was started; begin anew with --replace");

        Files.writeString(input, orders(20));
        Runs.run(resumed(settings)).isComplete(20);
    }

    @Test
    void takesTheInputFromATimeOnAndEachInstrumentUpToItsFirstLaterRecord() throws Exception {
        // A's time steps back behind its end: that it came later in the file counts.
        String text = HEADER
                + clock(1, "A")
                + clock(2, "B")
                + clock(3, "A")
                + clock(6, "A")
                + clock(4, "B")
                + clock(5, "A")
                + clock(5, "B")
                + clock(7, "B");
        BacktestSettings part = Runs.with(runs.of("part", "clocks.csv", text), all -> {
            all.put("from", START + 2 * SECOND);
            all.put("to", START + 5 * SECOND);
        });
        Runs.Outcome run = Runs.run(part).isComplete(4);
        assertThat(run.manifest().firstTimestamp()).isEqualTo("2023-11-14T22:13:22.000000000Z");
        assertThat(run.manifest().lastTimestamp()).isEqualTo("2023-11-14T22:13:25.000000000Z");
    }

    @Test
    @Timeout(60)
    void holdsEventTimeToTheWallClockAndGivesTheSameAnswer() throws Exception {
        // The first line cannot be read: it has no time that others could be measured by.
        String text = orders(20).replace(HEADER, HEADER + "no command\n");
        Runs.Outcome fast = Runs.run(runs.of("fast", "orders.csv", text)).isComplete(21);
        BacktestSettings paced = Runs.with(runs.of("paced", "orders.csv", text), all -> {
            all.put("speed", "10");
            all.put("checkpoint_interval_millis", 100);
        });

        long began = System.nanoTime();
        Runs.Outcome run = Runs.run(paced).isComplete(21);
        // 20 orders a second apart, ten times as fast.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_900));
        assertThat(run.manifest().hash()).isEqualTo(fast.manifest().hash());
    }

    @Test
    void runsTwoAtOnceInOneDataFolderOnOnePostgres() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Runs.Outcome>> both =
                    threads.invokeAll(List.of(storedRun("left", 300), storedRun("right", 500)));
            Runs.Outcome left = both.get(0).get().isComplete(300);
            Runs.Outcome right = both.get(1).get().isComplete(500);
            assertThat(left.manifest().checks().get("postgres_equals_files").ok())
                    .isTrue();
            assertThat(right.manifest().checks().get("postgres_equals_files").ok())
                    .isTrue();
            assertThat(left.manifest().hash()).isNotEqualTo(right.manifest().hash());
        } finally {
            threads.shutdownNow();
        }
        refusesANameThatPostgresKnows();
    }

    /** The folder is gone, the rows are not: the name is still taken, and {@code --replace} drops them. */
    private void refusesANameThatPostgresKnows() throws Exception {
        RunDirectory.delete(home.resolve("out"));
        RunDirectory.delete(home.resolve("data").resolve("runs"));
        assertThatThrownBy(() -> storedRun("left", 40).call())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("run \"left\" exists already");
        storedRun("left", 40, Map.of("replace", true)).call().isComplete(40);
    }

    private Callable<Runs.Outcome> storedRun(String runId, int orders) {
        return storedRun(runId, orders, Map.of());
    }

    /** Each asks for the server itself, as two processes would. */
    private Callable<Runs.Outcome> storedRun(String runId, int orders, Map<String, Object> changes) {
        return () -> {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("data"), 5433)) {
                BacktestSettings settings = Runs.with(
                        Runs.stored(runs.of(runId, "orders.csv", orders(orders)), postgres),
                        all -> all.putAll(changes));
                return Runs.run(settings, new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password()));
            }
        };
    }

    @Test
    void findsTheNewestCompleteCheckpoint() throws Exception {
        try (RunDirectory directory = RunDirectory.take(home, "run").orElseThrow()) {
            assertThat(directory.newestCheckpoint()).isEmpty();
            for (String checkpoint : List.of("job-1/chk-9", "job-2/chk-10", "job-2/chk-11", "job-2/shared")) {
                Files.createDirectories(directory.checkpoints().resolve(checkpoint));
            }
            Files.writeString(directory.checkpoints().resolve("job-1/chk-9/_metadata"), "");
            Files.writeString(directory.checkpoints().resolve("job-2/chk-10/_metadata"), "");
            assertThat(directory.newestCheckpoint())
                    .contains(directory.checkpoints().resolve("job-2/chk-10"));
        }
    }

    private static BacktestSettings resumed(BacktestSettings settings) {
        return Runs.with(settings, all -> all.put("resume", true));
    }

    /** Orders of two instruments a second apart, every other one a trade. */
    private static String orders(int count) {
        StringBuilder text = new StringBuilder(HEADER);
        LongStream.range(0, count).forEach(i -> text.append(START + i * SECOND)
                .append(i % 4 < 2 ? ",A,NEW,o" : ",B,NEW,o")
                .append(i)
                .append(i % 2 == 0 ? ",ann,SELL" : ",bob,BUY")
                .append(",LIMIT,10,")
                .append(1 + i % 5)
                .append('\n'));
        return text.toString();
    }

    private static String clock(int second, String instrument) {
        return START + second * SECOND + "," + instrument + ",CLOCK,,,,,,\n";
    }
}
