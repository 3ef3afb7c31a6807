package io.crossbook.cli.serve;

import io.crossbook.cli.api.LiveRun;
import io.crossbook.cli.api.LiveRuns;
import io.crossbook.cli.backtest.ReplayProcess;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.cli.live.LiveOptions;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.Ports;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The live run of {@code up}: its job, kept running, and the next run in its place when somebody asks for that. */
final class LiveJob implements LiveRuns, AutoCloseable {
    private static final int MOST_REFUSED = 5;

    private final Surroundings surroundings;
    private final LiveOptions options;
    private final DatabaseSession database;
    private final BrokerSession broker;
    private final Path dataDir;
    private final SettingsFile settings;

    private CurrentRun run;
    private volatile int flinkPort;
    private volatile KeptProgram kept;
    private volatile boolean closed;

    LiveJob(
            Surroundings surroundings,
            LiveOptions options,
            DatabaseSession database,
            BrokerSession broker,
            int wishedPort)
            throws IOException {
        this.surroundings = surroundings;
        this.options = options;
        this.database = database;
        this.broker = broker;
        this.flinkPort = wishedPort;
        this.dataDir = options.dataDir(surroundings);
        this.settings = SettingsFile.in(dataDir, options.runId());
        this.run = CurrentRun.read(dataDir, options.runId(), options.broker().topicPrefix());
        this.kept = program(run);
    }

    private KeptProgram program(CurrentRun of) {
        return new KeptProgram(new Program(of), surroundings.console());
    }

    /**
     * Starts the job and waits until all its tasks run.
     *
     * @throws KeptProgram.NotStarted if it ends instead
     */
    void start() throws IOException {
        Ports.startOnFree("flink", Ports.loopback(), flinkPort, 1, surroundings.console(), ports -> {
            flinkPort = ports.get(0);
            begin(run);
            kept.start();
            return flinkPort;
        });
    }

    String flinkUrl() {
        return "http://" + Ports.LOOPBACK + ":" + flinkPort;
    }

    /** While the next run is being started, whoever asks waits for it. */
    @Override
    public synchronized Optional<LiveRun> current() {
        return Optional.of(new LiveRun(
                run.runId(),
                broker.bootstrapServers(),
                run.topicPrefix(),
                options.exactlyOnce(),
                options.checkpointIntervalMillis(),
                flinkUrl()));
    }

    @Override
    public synchronized LiveRun next() throws IOException {
        CurrentRun before = run;
        Console console = surroundings.console();
        console.say("up: reset: run \"" + before.runId() + "\" ends");
        kept.close();
        try {
            beginAfter(before);
        } catch (IOException | RuntimeException failed) {
            String sentence = "run \"" + run.runId() + "\" does not start (" + failed.getMessage() + "); run \""
                    + before.runId() + "\" goes on";
            console.say("up: reset: " + sentence);
            kept.close();
            begin(before);
            kept.startInTheEnd();
            throw new IOException(sentence, failed);
        }
        console.say("up: reset: run \"" + run.runId() + "\" is ready");
        return current().orElseThrow();
    }

    /** A name or topics that turn out to be used by some other run are passed over. */
    private void beginAfter(CurrentRun before) throws IOException {
        Set<String> refused = new HashSet<>();
        while (true) {
            begin(before.next(name -> refused.contains(name) || isTaken(name)));
            try {
                kept.start();
                run.write(dataDir);
                return;
            } catch (KeptProgram.NotStarted failed) {
                boolean isUsed = failed.exitCode() == ExitCode.USAGE;
                if (!isUsed || refused.size() == MOST_REFUSED) {
                    throw failed;
                }
                refused.add(run.runId());
            }
        }
    }

    private boolean isTaken(String runId) {
        try {
            return new RunNames(dataDir).isKnown(runId)
                    || database.findRun(runId).isPresent();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }

    private void begin(CurrentRun next) {
        run = next;
        KeptProgram made = program(next);
        kept = made;
        if (closed) {
            made.close();
        }
    }

    /** Without waiting for a run that is being started: that one ends, too. */
    @Override
    public void close() {
        closed = true;
        kept.close();
        settings.close();
    }

    private final class Program implements KeptProgram.Program {
        private final CurrentRun of;

        private Program(CurrentRun of) {
            this.of = of;
        }

        @Override
        public String name() {
            return "live";
        }

        @Override
        public ProcessBuilder command() throws IOException {
            LiveOptions.Start start = new LiveOptions.Start(
                    of.runId(),
                    of.topicPrefix(),
                    Path.of("out", of.runId()),
                    false,
                    of.instrumentsOf(),
                    flinkPort,
                    null);
            settings.write(options.settings(start, broker, database.address().orElseThrow(), surroundings));
            return new ReplayProcess(surroundings.installation(), surroundings.console())
                    .builder(
                            "io.crossbook.replay.LiveMain",
                            settings,
                            options.heap(surroundings),
                            database.address().map(address -> address.password()));
        }

        @Override
        public String whereToLook() {
            return "its log is " + new RunNames(dataDir).folder(of.runId()).resolve("live.log");
        }

        @Override
        public int secondsToEnd() {
            return ReplayProcess.SECONDS_TO_END;
        }
    }
}
