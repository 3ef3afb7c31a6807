package io.crossbook.replay;

import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.replay.input.InputPlan;
import io.crossbook.replay.input.InstrumentsFile;
import io.crossbook.replay.input.UsageException;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** One backtest from its settings to its exit code: judge the request, run the job, sum it up. */
final class Backtest {
    private static final long LOCK_PATIENCE_MILLIS = 15_000;
    private static final long LOCK_RETRY_MILLIS = 200;
    /** Made by the command line once the run is through. */
    private static final String REPORT = "report.html";

    private final BacktestSettings settings;
    private final PrintStream err;
    private final Path out;
    private final @Nullable DatabaseLogin login;
    private final @Nullable RunRecord record;

    Backtest(BacktestSettings settings, @Nullable DatabaseLogin login, PrintStream err) {
        this.settings = settings;
        this.login = login;
        this.err = err;
        this.out = Path.of(settings.out());
        this.record = login == null ? null : new RunRecord(settings.runId(), login);
    }

    int run() throws Exception {
        InputPlan.plan(RunInput.settings(settings));
        Instruments instruments = settings.instruments() == null
                ? Instruments.none()
                : InstrumentsFile.read(Path.of(settings.instruments()));
        try (RunDirectory directory = takeDirectory()) {
            if (record != null) {
                record.migrate();
            }
            boolean resumed = judgeRequest(directory);
            Optional<Integer> finished = resumed ? directory.finishedWith() : Optional.empty();
            if (finished.isPresent()) {
                err.println("backtest: run \"" + settings.runId() + "\" had come to its end");
                return finished.get();
            }
            return run(directory, instruments);
        }
    }

    private int run(RunDirectory directory, Instruments instruments) throws Exception {
        List<RunManifest.InputFile> files = InputDigest.of(settings.files());
        refuseChangedInput(directory, files);
        if (record != null) {
            record.begin(settings, instruments, Instant.now());
        }
        int attempt = directory.countAttempt();
        long startedAt = System.nanoTime();
        if (!directory.jobIsThrough()) {
            runJob(directory, instruments);
            directory.markJobThrough();
        }
        int restarts = attempt - 1 + ReplayProgress.CURRENT.restarts();
        int exitCode = new RunClosing(
                        RunSummary.of(settings, instruments),
                        settings.executions(),
                        out,
                        directory,
                        instruments,
                        record)
                .close(files, restarts, startedAt);
        directory.markFinished(exitCode);
        directory.dropWorkingState();
        return exitCode;
    }

    private RunDirectory takeDirectory() throws IOException, InterruptedException, UsageException {
        Path dataDir = Path.of(settings.dataDir());
        long giveUpAt = System.nanoTime() + LOCK_PATIENCE_MILLIS * 1_000_000;
        while (true) {
            Optional<RunDirectory> taken = RunDirectory.take(dataDir, settings.runId());
            if (taken.isPresent()) {
                return taken.get();
            }
            if (System.nanoTime() > giveUpAt) {
                throw new UsageException(List.of("run \"" + settings.runId()
                        + "\" is being worked on by another process; wait for it, or name this one with --run-id"));
            }
            // A process that was just killed may need a moment to let go.
            Thread.sleep(LOCK_RETRY_MILLIS);
        }
    }

    /**
     * Decides between a new run, a run begun anew and one that goes on.
     *
     * @return whether the run goes on
     */
    private boolean judgeRequest(RunDirectory directory) throws Exception {
        if (settings.replace()) {
            directory.clear();
            dropFiles();
            if (record != null) {
                record.drop();
            }
        } else if (settings.resume()) {
            if (Files.exists(directory.request())) {
                refuseOtherRequest(directory);
                return true;
            }
            err.println("backtest: there is nothing to resume of run \"" + settings.runId() + "\"; starting it");
        }
        refuseExisting(directory);
        Files.writeString(directory.request(), settings.toJson());
        return false;
    }

    /** The files of the run before, of which the new one may write fewer; whatever else lies in the folder is not ours. */
    private void dropFiles() throws IOException {
        for (RunFile file : RunFile.values()) {
            Files.deleteIfExists(out.resolve(file.fileName()));
        }
        Files.deleteIfExists(out.resolve(RunManifest.FILE_NAME));
        Files.deleteIfExists(out.resolve(REPORT));
    }

    private void refuseExisting(RunDirectory directory) throws Exception {
        String wayOut = "; go on with --resume, begin anew with --replace, or choose another name";
        if (Files.exists(directory.request()) || (record != null && !settings.replace() && record.exists())) {
            throw new UsageException(List.of("run \"" + settings.runId() + "\" exists already" + wayOut));
        }
        if (!settings.replace() && Files.exists(out.resolve(RunManifest.FILE_NAME))) {
            throw new UsageException(List.of(out + " holds a run already" + wayOut));
        }
    }

    private void refuseOtherRequest(RunDirectory directory) throws IOException, UsageException {
        BacktestSettings before = BacktestSettings.read(directory.request());
        if (!before.comparable().equals(settings.comparable())) {
            throw new UsageException(List.of("run \"" + settings.runId()
                    + "\" was started with other arguments; resume it with the same ones, or begin anew with --replace"
                    + SettingsDifference.sentence(before.comparable(), settings.comparable())));
        }
    }

    private void refuseChangedInput(RunDirectory directory, List<RunManifest.InputFile> files)
            throws IOException, UsageException {
        Path known = directory.root().resolve("input.json");
        String now = BacktestSettings.JSON.writeValueAsString(files);
        if (Files.exists(known) && !Files.readString(known).equals(now)) {
            throw new UsageException(List.of("the input of run \"" + settings.runId()
                    + "\" has changed since it was started; begin anew with --replace"));
        }
        Files.writeString(known, now);
    }

    private void runJob(RunDirectory directory, Instruments instruments) throws Exception {
        Optional<Path> checkpoint = settings.resume() ? directory.newestCheckpoint() : Optional.empty();
        if (settings.resume()) {
            err.println(checkpoint
                    .map(found -> "backtest: going on from " + found.getFileName())
                    .orElse("backtest: no checkpoint was complete; starting over"));
        }
        RunDirectory.delete(directory.temporary());
        Files.createDirectories(directory.temporary());
        StreamExecutionEnvironment environment = ReplayEnvironment.forBacktest(settings, directory, checkpoint);
        DataStream<MarketInput> input = environment
                .fromSource(
                        new ReplaySource(settings), WatermarkStrategy.noWatermarks(), "Merge files", MarketTypes.INPUT)
                .uid("input")
                .setParallelism(1);
        DataStream<RunEvent> events = ReplayTopology.build(
                ReplayTopology.byInstrument(input),
                instruments,
                matchingSettings(),
                new LedgerSettings(false, false, settings.executions()));
        attachSinks(events, directory, instruments);
        ReplayProgress.CURRENT.jobStarts();
        ProgressDisplay display =
                ProgressDisplay.ofFiles("replay", settings.progress().equals("bar"), err);
        try {
            environment.execute("backtest " + settings.runId());
        } finally {
            display.close();
        }
    }

    private MatchingSettings matchingSettings() {
        return new MatchingSettings(
                settings.executions(),
                settings.bookHistory(),
                settings.snapshotIntervalNanos(),
                settings.orderIds().equals("day"),
                false,
                false);
    }

    private void attachSinks(DataStream<RunEvent> events, RunDirectory directory, Instruments instruments) {
        List<String> names =
                settings.files().stream().map(BacktestSettings.InputFile::name).toList();
        RunSink.attach(events, settings.runId(), directory, names, instruments, login);
    }
}
