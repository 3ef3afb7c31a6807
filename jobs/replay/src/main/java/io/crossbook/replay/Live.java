package io.crossbook.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import io.crossbook.flink.MarketTypes;
import io.crossbook.matching.MatchingSettings;
import io.crossbook.model.Instrument;
import io.crossbook.model.Instruments;
import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Topics;
import io.crossbook.pnl.LedgerSettings;
import io.crossbook.replay.input.InstrumentsFile;
import io.crossbook.replay.input.UsageException;
import io.crossbook.replay.kafka.CommandDeserializer;
import io.crossbook.replay.kafka.CommandSource;
import io.crossbook.replay.kafka.EventSink;
import io.crossbook.replay.kafka.TopicSetup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * One live run from its settings to its end: judge the request, run the job on the topic, stop it or sum it up.
 *
 * <p>A run that is to end from its start on is bounded: nobody waits for what it says, so it is stored as a backtest is, by
 * the same sink, and has its keys at its end. Any other is kept up in Postgres with what is needed to ask it.
 */
final class Live {
    private static final String READY = "ready";
    private static final long STOP_SECONDS = 60;
    private static final long STOP_RETRY_MILLIS = 300;
    private static final long RESTART_MILLIS = 60_000;

    private final LiveSettings settings;
    private final PrintStream out;
    private final PrintStream err;
    private final Topics topics;
    private final DatabaseLogin login;
    private final RunRecord record;
    private boolean bounded;
    private volatile @Nullable JobClient job;
    private volatile boolean stopping;

    Live(LiveSettings settings, DatabaseLogin login, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.topics = new Topics(settings.topicPrefix());
        this.login = login;
        this.record = new RunRecord(settings.runId(), login);
    }

    int run() throws Exception {
        Instruments described = settings.instruments() == null
                ? Instruments.none()
                : InstrumentsFile.read(Path.of(settings.instruments()));
        try (RunDirectory directory = takeDirectory();
                TopicSetup setup = TopicSetup.connect(topics, settings.bootstrapServers())) {
            // First, so that a wrong address leaves no run behind.
            int partitions = setup.ensure(Optional.ofNullable(settings.partitions()));
            record.migrate();
            Instruments given = withThoseOfTheRunBefore(described);
            refuseUsedTopics(directory, setup, partitions);
            boolean goesOn = judgeRequest(directory);
            Optional<Integer> finished = directory.finishedWith();
            if (finished.isPresent()) {
                err.println("live: run \"" + settings.runId() + "\" had come to its end");
                return finished.get();
            }
            Instruments instruments = goesOn ? withThoseOfTheRun(given) : given;
            record.begin(settings, instruments, Instant.now());
            if (!bounded) {
                record.prepareToGrow();
            }
            return run(directory, setup, instruments, partitions);
        }
    }

    private RunDirectory takeDirectory() throws IOException, UsageException {
        return RunDirectory.take(Path.of(settings.dataDir()), settings.runId())
                .orElseThrow(() -> new UsageException(List.of("run \"" + settings.runId()
                        + "\" is being worked on by another process; stop that one, or name this one with --run-id")));
    }

    /** A run that takes the place of another begins with nothing on its topic; that of an older one may be there still. */
    private void refuseUsedTopics(RunDirectory directory, TopicSetup setup, int partitions)
            throws IOException, UsageException {
        boolean takesPlace = settings.instrumentsOf() != null && !Files.exists(directory.request());
        if (takesPlace && setup.endOffsets(partitions).values().stream().anyMatch(end -> end > 0)) {
            throw new UsageException(List.of("--topic-prefix: " + topics.commands()
                    + " holds commands already, and a run that takes the place of another begins with none"));
        }
    }

    /**
     * Decides between a new run and one that goes on; a live run that exists always goes on.
     *
     * @return whether it goes on
     */
    private boolean judgeRequest(RunDirectory directory) throws Exception {
        if (Files.exists(directory.request())) {
            LiveSettings before = LiveSettings.read(directory.request());
            if (!before.comparable().equals(settings.comparable())) {
                throw new UsageException(List.of("run \"" + settings.runId()
                        + "\" was started with other arguments; go on with the same ones, or name another run with"
                        + " --run-id and --topic-prefix"
                        + SettingsDifference.sentence(before.comparable(), settings.comparable())));
            }
            bounded = before.untilEnd();
            refuseOtherEnd(before);
            return true;
        }
        if (record.exists()) {
            throw new UsageException(
                    List.of(
                            "run \"" + settings.runId() + "\" is in the database, but its state is not in "
                                    + directory.root()
                                    + "; give the --data-dir it was started with, or name another run with --run-id and --topic-prefix"));
        }
        Files.writeString(directory.request(), settings.toJson());
        bounded = settings.untilEnd();
        return false;
    }

    /** The rows of a bounded run lie as its subtasks wrote them, and have no keys before it ends. */
    private void refuseOtherEnd(LiveSettings before) throws UsageException {
        if (!bounded) {
            return;
        }
        String sentence = "run \"" + settings.runId() + "\" was started with --until-end";
        if (!settings.untilEnd()) {
            throw new UsageException(
                    List.of(
                            sentence
                                    + "; let it come to its end with --until-end, or name another run with --run-id and --topic-prefix"));
        }
        if (settings.parallelism() != before.parallelism()) {
            throw new UsageException(List.of(sentence + " and --parallelism " + before.parallelism()
                    + ", and goes on with the same; an endless run may change it"));
        }
    }

    /** A run that takes the place of another has its instruments, whatever has become of the file since. */
    private Instruments withThoseOfTheRunBefore(Instruments described) throws SQLException {
        if (settings.instrumentsOf() == null) {
            return described;
        }
        RunRecord before = new RunRecord(settings.instrumentsOf(), login);
        Map<String, Instrument> all = new TreeMap<>(before.instruments().described());
        described.described().forEach(all::putIfAbsent);
        return new Instruments(new ArrayList<>(all.values()));
    }

    /**
     * A restart may add instruments; the rules of those that the run has, described or not, stay as they are. Of a bounded run,
     * which traded is known at its end: nothing is added to it.
     */
    private Instruments withThoseOfTheRun(Instruments given) throws Exception {
        Map<String, Instrument> all = new TreeMap<>(record.instruments().described());
        Set<String> traded = bounded ? given.described().keySet() : record.tradedInstruments();
        List<String> changed = new ArrayList<>();
        given.described().forEach((symbol, instrument) -> {
            Instrument known = all.putIfAbsent(symbol, instrument);
            if (known == null && traded.contains(symbol)) {
                known = Instrument.permissive(symbol);
            }
            if (known != null && !known.equals(instrument)) {
                changed.add("instrument \"" + symbol + "\" of run \"" + settings.runId() + "\" has other rules than in "
                        + settings.instruments() + "; a run's rules never change");
            }
        });
        if (!changed.isEmpty()) {
            throw new UsageException(changed);
        }
        return new Instruments(new ArrayList<>(all.values()));
    }

    private int run(RunDirectory directory, TopicSetup setup, Instruments instruments, int partitions)
            throws Exception {
        int attempt = directory.countAttempt();
        long startedAt = System.nanoTime();
        if (!directory.jobIsThrough()) {
            runJob(directory, setup, instruments, partitions, attempt);
            if (stopping) {
                return ExitCode.STOPPED;
            }
            directory.markJobThrough();
        }
        int exitCode = close(directory, instruments, attempt - 1, startedAt);
        directory.markFinished(exitCode);
        directory.dropWorkingState();
        return exitCode;
    }

    private int close(RunDirectory directory, Instruments instruments, int restarts, long startedAt)
            throws IOException, SQLException {
        RunSummary summary = RunSummary.of(settings, instruments);
        Path folder = Path.of(settings.out());
        return bounded
                ? new RunClosing(summary, true, folder, directory, instruments, record)
                        .close(List.of(), restarts, startedAt)
                : new LiveClosing(summary, folder, directory, instruments, record).close(restarts, startedAt);
    }

    private void runJob(RunDirectory directory, TopicSetup setup, Instruments instruments, int partitions, int attempt)
            throws Exception {
        Optional<Path> state = directory.newestState();
        if (state.isPresent()) {
            err.println("live: going on from " + state.get().getFileName());
        } else if (attempt > 1) {
            err.println("live: no checkpoint was complete; reading the topic from its beginning");
        }
        RunDirectory.delete(directory.temporary());
        Files.createDirectories(directory.temporary());
        StreamExecutionEnvironment environment = ReplayEnvironment.forLive(settings, bounded, directory, state);
        Map<Integer, Long> ends = ends(directory, setup, partitions);
        DataStream<MarketInput> input = input(environment, partitions, ends);
        DataStream<RunEvent> events = ReplayTopology.build(
                settings.parallelism() == 1 ? ReplayTopology.whereItIsRead(input) : ReplayTopology.byInstrument(input),
                instruments,
                matchingSettings(),
                new LedgerSettings(true, !bounded, true));
        attachSinks(events, directory, setup, instruments, topics.sources(partitions));
        JobClient started = environment.executeAsync("live " + settings.runId());
        job = started;
        err.println("live: run \"" + settings.runId() + "\" reads " + topics.commands() + " (" + partitions
                + " partitions) at " + settings.bootstrapServers());
        if (settings.flinkPort() != null) {
            new RunningTasks(settings.flinkPort(), started.getJobID()).tell(() -> {
                out.println(READY);
                out.flush();
            });
        }
        long records = ends.values().stream().mapToLong(Long::longValue).sum();
        boolean shown = settings.progress().equals("bar") && !ReplayEnvironment.isElsewhere(settings);
        ProgressDisplay display = ProgressDisplay.ofTopic("live", records, shown, err);
        try {
            started.getJobExecutionResult().get();
        } finally {
            display.close();
        }
    }

    private DataStream<MarketInput> input(
            StreamExecutionEnvironment environment, int partitions, Map<Integer, Long> ends) {
        CommandSource source = CommandSource.of(
                settings.bootstrapServers(),
                topics,
                topics.prefix() + "-" + settings.runId(),
                new CommandDeserializer(topics.commands(), partitions, settings.ignoreExtra()),
                ends);
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "Read commands", MarketTypes.INPUT)
                .uid("input")
                .transform("Count", MarketTypes.INPUT, new InputAccount())
                .uid("account");
    }

    private MatchingSettings matchingSettings() {
        return new MatchingSettings(
                true,
                true,
                settings.snapshotIntervalNanos(),
                settings.orderIds().equals("day"),
                true,
                !bounded);
    }

    private void attachSinks(
            DataStream<RunEvent> events,
            RunDirectory directory,
            TopicSetup setup,
            Instruments instruments,
            List<String> sources)
            throws IOException, UsageException {
        if (bounded) {
            RunSink.attach(events, settings.runId(), directory, sources, instruments, login);
        } else {
            StoreOperator store = new StoreOperator(settings.runId(), login, sources, instruments, directory.root());
            events.transform("Postgres", Types.VOID, store).uid("postgres");
        }
        ClockTicker clock = new ClockTicker(topics, settings.bootstrapServers(), settings.clockMillis());
        events.transform("Clock", Types.VOID, clock).uid("clock");
        EventSink.attach(
                events,
                settings.runId(),
                topics,
                instruments,
                sources,
                settings.bootstrapServers(),
                !bounded,
                settings.exactlyOnce() ? transactionTimeout(setup) : 0);
    }

    /** As long as the broker allows, which must be enough for a checkpoint and a restart. */
    private int transactionTimeout(TopicSetup setup) throws IOException, UsageException {
        long allowed = setup.transactionTimeoutLimit();
        long needed = 2 * settings.checkpointIntervalMillis() + RESTART_MILLIS;
        if (allowed < needed) {
            throw new UsageException(List.of("--delivery exactly-once: the broker closes transactions after " + allowed
                    + " ms (transaction.max.timeout.ms), a checkpoint and a restart may need " + needed
                    + " ms; raise it there, or checkpoint more often"));
        }
        return (int) Math.min(allowed, Integer.MAX_VALUE);
    }

    /** Where to stop: the ends found when that was first asked for, at every later start too. */
    private Map<Integer, Long> ends(RunDirectory directory, TopicSetup setup, int partitions) throws IOException {
        if (!settings.untilEnd()) {
            return Map.of();
        }
        Path known = directory.root().resolve("end-offsets.json");
        if (!Files.exists(known)) {
            Files.writeString(known, BacktestSettings.JSON.writeValueAsString(setup.endOffsets(partitions)));
        }
        return BacktestSettings.JSON.readValue(Files.readString(known), new TypeReference<TreeMap<Integer, Long>>() {});
    }

    /**
     * Stops the job where it is, with all its state written, so that it goes on from there.
     *
     * @return whether that worked; if not, it goes on from its newest checkpoint
     */
    boolean stop() {
        stopping = true;
        JobClient running = job;
        if (running == null) {
            return false;
        }
        try {
            stopWithSavepoint(running);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception failed) {
            err.println("live: no savepoint could be written: " + Causes.sentence(failed));
            return false;
        }
    }

    /** A job that is just starting, or coming back, has no state to write yet; a moment later it has. */
    private void stopWithSavepoint(JobClient running) throws Exception {
        String folder = Path.of(settings.dataDir(), "runs", settings.runId(), "savepoints")
                .toUri()
                .toString();
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (true) {
            try {
                running.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL)
                        .get(STOP_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException failed) {
                if (System.nanoTime() > giveUpAt || running.getJobStatus().get().isGloballyTerminalState()) {
                    throw failed;
                }
                TimeUnit.MILLISECONDS.sleep(STOP_RETRY_MILLIS);
            }
        }
    }
}
