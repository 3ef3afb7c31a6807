package io.crossbook.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
    private long startedAt = System.nanoTime();
    private final Thread watch;
    private volatile boolean closed;

    ProgressDisplay(String task, boolean shown, PrintStream err) {
        bar = shown ? bar(task, err) : null;
        watch = new Thread(this::watch, "progress");
        watch.setDaemon(true);
        if (shown) {
            watch.start();
        }
    }

    private static ProgressBar bar(String task, PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(0)
                .setUnit(" MiB", MEBIBYTE)
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
        ReplayProgress progress = ReplayProgress.CURRENT;
        shown.maxHint(progress.bytesInAll());
        shown.stepTo(progress.bytesRead());
        if (progress.commands() == 0) {
            // The rate is that of the reader, without the start of the job.
            startedAt = System.nanoTime();
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        shown.setExtraMessage(String.format(
                Locale.ROOT,
                " %,d commands, %,.0f/s",
                progress.commands(),
                progress.commands() / Math.max(seconds, 1e-3)));
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
