package io.crossbook.replay;

import io.crossbook.model.MarketInput;
import io.crossbook.model.Timestamps;
import io.crossbook.model.Topics;
import io.crossbook.replay.input.InputCounts;
import io.crossbook.replay.input.InputPlan;
import io.crossbook.replay.input.MergedReader;
import io.crossbook.replay.input.UsageException;
import io.crossbook.replay.kafka.CommandPublisher;
import io.crossbook.replay.kafka.TopicSetup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends files to the topic of commands, in the one order in which a backtest reads them. */
final class Publish {
    private static final int RECORDS_PER_REPORT = 1024;

    private final PublishSettings settings;
    private final PrintStream err;
    private volatile @Nullable CommandPublisher publisher;

    Publish(PublishSettings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
    }

    int run() throws Exception {
        InputPlan plan = InputPlan.plan(RunInput.settings(settings));
        Topics topics = new Topics(settings.topicPrefix());
        int partitions = ensure(topics);
        long startedAt = System.nanoTime();
        try (MergedReader reader = MergedReader.open(plan, null);
                CommandPublisher opened = new CommandPublisher(topics, settings.bootstrapServers())) {
            publisher = opened;
            send(reader, opened);
            opened.flush();
            writeResult(topics, partitions, reader, opened.acknowledged(), startedAt);
            return reader.brokenOff() ? ExitCode.BAD_INPUT : ExitCode.OK;
        }
    }

    /** Records that the broker has so far. */
    long acknowledged() {
        CommandPublisher opened = publisher;
        return opened == null ? 0 : opened.acknowledged();
    }

    private int ensure(Topics topics) throws IOException, UsageException {
        try (TopicSetup setup = TopicSetup.connect(topics, settings.bootstrapServers())) {
            return setup.ensure(Optional.ofNullable(settings.partitions()));
        }
    }

    private void send(MergedReader reader, CommandPublisher opened) throws Exception {
        ReplayProgress.CURRENT.jobStarts();
        ReplayProgress.CURRENT.readerStarted(reader.counts().totalBytes());
        ProgressDisplay display =
                ProgressDisplay.ofFiles("publish", settings.progress().equals("bar"), err);
        try (Pacer pacer = settings.speed() == null ? null : new Pacer(Double.parseDouble(settings.speed()))) {
            long sent = 0;
            for (MarketInput input = reader.next(); input != null; input = reader.next()) {
                if (pacer != null && !(input instanceof MarketInput.Unreadable)) {
                    await(pacer, input.transactTime());
                }
                opened.send(input);
                if (++sent % RECORDS_PER_REPORT == 0) {
                    InputCounts counts = reader.counts();
                    ReplayProgress.CURRENT.advanced(counts.bytesRead(), counts.rows());
                }
            }
        } finally {
            display.close();
        }
    }

    private static void await(Pacer pacer, long transactTime) throws Exception {
        if (!pacer.isDue(transactTime)) {
            pacer.due(transactTime).get();
        }
    }

    private void writeResult(Topics topics, int partitions, MergedReader reader, long records, long startedAt)
            throws IOException {
        InputCounts counts = reader.counts();
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("topic", topics.commands());
        result.put("bootstrap_servers", settings.bootstrapServers());
        result.put("partitions", partitions);
        result.put("records", records);
        result.put("unreadable", counts.unreadable());
        result.put("first_timestamp", counts.firstTime() == null ? null : Timestamps.format(counts.firstTime()));
        result.put("last_timestamp", counts.lastTime() == null ? null : Timestamps.format(counts.lastTime()));
        result.put("elapsed_seconds", Math.round(seconds * 1000) / 1000.0);
        result.put("records_per_second", Math.round(records / seconds));
        Files.writeString(Path.of(settings.result()), BacktestSettings.JSON.writeValueAsString(result) + "\n");
    }
}
