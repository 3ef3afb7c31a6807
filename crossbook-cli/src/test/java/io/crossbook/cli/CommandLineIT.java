package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbook.cli.CommandProcess.Ended;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./crossbook} as a person types it, in a folder with a space in its name. */
class CommandLineIT {
    private static final Path ROOT = CommandProcess.ROOT;
    private static final String HEAP = "700m";
    private static final long PATIENCE_SECONDS = 120;
    private static final String HEADER = "timestamp,instrument,action,order_id,client_id,side,type,price,quantity\n";
    private static final String SELL = "2026-03-02T09:00:00Z,ACME,NEW,A1,alice,SELL,LIMIT,100.5,10\n";
    private static final String BUY = "2026-03-02T09:00:01Z,ACME,NEW,B1,bob,BUY,LIMIT,101,4\n";

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void aFolderWithASpaceAndTwoOrders() throws IOException {
        folder = Files.createDirectory(temporary.resolve("my orders"));
        Files.writeString(folder.resolve("orders.csv"), HEADER + SELL + BUY);
    }

    @Test
    void helpsAndTellsItsVersionOnStandardOutput() throws Exception {
        Ended help = crossbook("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("backtest").contains("doctor").doesNotContain("\u001b");
        assertThat(help.err()).isEmpty();
        assertThat(crossbook("--version").out()).isEqualTo("crossbook " + Installation.version() + "\n");
    }

    @Test
    void runsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("cb"), ROOT.resolve("crossbook"));
        assertThat(start(builder(link.toString(), "--version")).ended().out()).startsWith("crossbook ");
    }

    @Test
    void saysWhatIsWrongOnStandardErrorAndNothingElse() throws Exception {
        Ended refused = crossbook("backtest", "orders.csv", "--paralelism", "2");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo("backtest: unknown option \"--paralelism\"; did you mean \"--parallelism\"?\n"
                        + "Try: ./crossbook backtest --help\n");
        assertThat(crossbook("backtest", "nothere.csv").err()).contains("nothere.csv: no such file");
    }

    @Test
    void namesTheJavaItCannotUse() throws Exception {
        ProcessBuilder builder = builder(ROOT.resolve("crossbook").toString(), "--version");
        builder.environment().put("JAVA_HOME", folder.toString());
        Ended refused = start(builder).ended();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("JAVA_HOME is " + folder).contains("JDK 17");
    }

    @Test
    void examinesTheMachine() throws Exception {
        Ended examined = crossbook("doctor", "--json");
        JsonNode document = new ObjectMapper().readTree(examined.out());
        assertThat(examined.exitCode())
                .isEqualTo(document.get("ok").booleanValue() ? ExitCode.OK : ExitCode.CHECK_FAILED);
        List<String> names = new ArrayList<>();
        document.get("checks").forEach(check -> names.add(check.get("name").textValue()));
        assertThat(names).contains("java", "memory", "cores", "disk", "port 5433", "embedded Postgres");
        assertThat(document.get("checks")
                        .get(names.indexOf("embedded Postgres"))
                        .get("status")
                        .textValue())
                .isEqualTo("ok");
    }

    @Test
    void backtestsAFileWithoutADatabase() throws Exception {
        requireReplay();
        Ended run = crossbook("backtest", "orders.csv", "--db", "none");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("run orders:")
                .contains("ACME")
                .contains("hash ")
                .contains("out/orders");
        RunManifest manifest = RunManifest.read(folder.resolve("out/orders"));
        assertThat(manifest.trades()).isEqualTo(1);
        assertThat(manifest.allChecksOk()).isTrue();
        assertThat(crossbook("verify", "out/orders").exitCode()).isZero();

        Ended again = crossbook("backtest", "orders.csv", "--db", "none", "--json");
        JsonNode document = new ObjectMapper().readTree(again.out());
        assertThat(document.get("run_id").textValue()).isEqualTo("orders-2");
        assertThat(document.get("hash").textValue()).isEqualTo(manifest.hash());
        assertThat(crossbook("diff", "out/orders", "out/orders-2").exitCode()).isZero();
    }

    @Test
    void endsWith4WhenThereAreTooManyUnreadableLinesAndStillWritesTheFiles() throws Exception {
        requireReplay();
        Files.writeString(folder.resolve("bad.csv"), HEADER + SELL + "what?\n".repeat(3) + BUY);
        Ended stopped = crossbook("backtest", "bad.csv", "--db", "none", "--max-rejects", "2");
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(ExitCode.INPUT_STOPPED);
        assertThat(stopped.out()).contains("too many unreadable lines");
        assertThat(folder.resolve("out/bad/rejects.csv")).exists();
        assertThat(crossbook("backtest", "bad.csv", "--db", "none").exitCode()).isZero();
    }

    @Test
    void givesTheNameOfARefusedRunFreeAgain() throws Exception {
        requireReplay();
        Files.writeString(folder.resolve("strange.csv"), "a,b,c\n1,2,3\n");
        Ended refused = crossbook("backtest", "strange.csv", "--db", "none");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(folder.resolve(".crossbook/runs/strange")).doesNotExist();
    }

    @Test
    void leavesNoChildBehindWhenItIsStopped() throws Exception {
        requireReplay();
        CommandProcess command = startEndlessRun();
        ProcessHandle replay = replayOf(command);
        command.process().destroy();
        Ended stopped = command.ended();
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err()).contains("stopped.").contains("--resume");
        assertThat(replay.onExit()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void leavesNoChildBehindWhenItIsKilled() throws Exception {
        requireReplay();
        CommandProcess command = startEndlessRun();
        ProcessHandle replay = replayOf(command);
        command.process().destroyForcibly();
        assertThat(replay.onExit()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void requireReplay() {
        boolean built = Files.exists(Installation.ofProcess().replayJar());
        if (!built) {
            System.out.println("skipped: the replay program is not built");
        }
        assumeTrue(built, "the replay program is not built");
    }

    /** Two orders a day apart at the pace of their timestamps. */
    private CommandProcess startEndlessRun() throws IOException {
        Files.writeString(folder.resolve("slow.csv"), HEADER + SELL + BUY.replace("-02T", "-03T"));
        return start("backtest", "slow.csv", "--db", "none", "--speed", "1x");
    }

    /** The replay process, once it has taken up its run. */
    private ProcessHandle replayOf(CommandProcess command) {
        Path takenUp = folder.resolve(".crossbook/runs/slow/request.json");
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < giveUpAt) {
            Optional<ProcessHandle> replay =
                    command.process().toHandle().children().findFirst();
            if (replay.isPresent() && Files.exists(takenUp)) {
                return replay.get();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("no replay process was started");
    }

    private Ended crossbook(String... arguments) throws Exception {
        return start(arguments).ended();
    }

    private CommandProcess start(String... arguments) throws IOException {
        return CommandProcess.crossbook(folder, temporary, "stream", HEAP, List.of(arguments));
    }

    private CommandProcess start(ProcessBuilder builder) throws IOException {
        return CommandProcess.start(builder, temporary, "stream");
    }

    private ProcessBuilder builder(String... command) {
        return CommandProcess.builder(folder, HEAP, List.of(command));
    }
}
