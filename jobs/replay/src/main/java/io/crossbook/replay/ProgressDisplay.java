package io.crossbook.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far the reader is, how fast it goes and how long it will take; nothing elsewhere. */
final class ProgressDisplay implements AutoCloseable {
    private static final int UPDATE_MILLIS = 200;
    private static final int MEBIBYTE = 1 << 20;
    private static final int WIDTH = 78;

    private final @Nullable ProgressBar bar;
    private final LongSupplier inAll;
    private final LongSupplier done;
    private final LongSupplier commands;
    /** Of commands so far, and commands a second. */
    private final String message;

    private final Thread watch;
    private long startedAt = System.nanoTime();
    /** Commands when the first were seen, which may be those of an earlier attempt. */
    private long before;

    private volatile boolean closed;

    private ProgressDisplay(
            @Nullable ProgressBar bar, LongSupplier inAll, LongSupplier done, LongSupplier commands, String message) {
        this.bar = bar;
        this.inAll = inAll;
        this.done = done;
        this.commands = commands;
        this.message = message;
        watch = new Thread(this::watch, "progress");
        watch.setDaemon(true);
        if (bar != null) {
            watch.start();
        }
    }

    /** Of files, by their bytes. */
    static ProgressDisplay ofFiles(String task, boolean shown, PrintStream err) {
        ReplayProgress progress = ReplayProgress.CURRENT;
        return new ProgressDisplay(
                shown ? bar(task, " MiB", MEBIBYTE, err) : null,
                progress::bytesInAll,
                progress::bytesRead,
                progress::commands,
                " %,d commands, %,.0f/s");
    }

    /** Of a topic, by its records. */
    static ProgressDisplay ofTopic(String task, long records, boolean shown, PrintStream err) {
        ReplayProgress progress = ReplayProgress.CURRENT;
        return new ProgressDisplay(
                shown ? bar(task, "", 1, err) : null,
                () -> records,
                progress::recordsOfTopic,
                progress::recordsOfTopic,
                " %2$,.0f/s");
    }

    private static ProgressBar bar(String task, String unit, long unitSize, PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(0)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .setEtaFunction(ProgressDisplay::eta)
                .build();
    }

    private static Optional<Duration> eta(ProgressState state) {
        long done = state.getCurrent() - state.getStart();
        if (done <= 0 || state.getMax() <= 0) {
            return Optional.empty();
        }
        double left = (double) (state.getMax() - state.getCurrent()) / done;
        return Optional.of(
                Duration.ofMillis((long) (left * state.getElapsedAfterStart().toMillis())));
    }

    private void watch() {
        while (!closed) {
            show();
            try {
                Thread.sleep(UPDATE_MILLIS);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void show() {
        ProgressBar shown = bar;
        if (shown == null) {
            return;
        }
        shown.maxHint(inAll.getAsLong());
        shown.stepTo(done.getAsLong());
        long read = commands.getAsLong();
        if (before == 0) {
            // The rate is that of the reader, without the start of the job.
            startedAt = System.nanoTime();
            before = read;
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        shown.setExtraMessage(String.format(Locale.ROOT, message, read, (read - before) / Math.max(seconds, 1e-3)));
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        show();
        if (bar != null) {
            bar.close();
        }
    }
}
