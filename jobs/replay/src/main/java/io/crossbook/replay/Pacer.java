package io.crossbook.replay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Holds event time to the wall clock, {@code factor} times as fast; the first time seen is due at once. */
final class Pacer implements AutoCloseable {
    private final double factor;
    private boolean started;
    private long firstTime;
    private long wallStart;
    private volatile boolean closed;

    Pacer(double factor) {
        this.factor = factor;
    }

    boolean isDue(long transactTime) {
        return nanosUntil(transactTime) <= 0;
    }

    /** Completes when the time is due. */
    CompletableFuture<Void> due(long transactTime) {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(closed ? 0 : nanosUntil(transactTime), TimeUnit.NANOSECONDS));
    }

    private long nanosUntil(long transactTime) {
        if (!started) {
            started = true;
            firstTime = transactTime;
            wallStart = System.nanoTime();
        }
        long due = (long) ((transactTime - firstTime) / factor);
        return due - (System.nanoTime() - wallStart);
    }

    @Override
    public void close() {
        closed = true;
    }
}
