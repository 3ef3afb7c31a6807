package io.crossbook.api.web;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * The threads that serve requests: few, for what one request after the other needs is still in the caches then, and none
 * has to be woken. Some requests wait, for the database, the broker or a slow caller; so there are more threads while
 * requests do not get their turn, and fewer again, one after the other, while they do.
 */
@Component
final class HttpThreads implements Executor {
    static final int FEWEST = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final int MOST = 200;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_MILLIS = 10;
    private static final long IDLE_SECONDS = 1;

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            FEWEST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            waiting,
            work -> daemon(work, "http " + number.incrementAndGet()));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "http watch"));

    HttpThreads() {
        watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @param since when it began to wait: {@link System#nanoTime} */
    private record Turn(Runnable work, long since) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(new Turn(work, System.nanoTime()));
    }

    /** By turns and not by threads at work: on a busy machine all of them seem to be. */
    private void look() {
        int count = threads.getCorePoolSize();
        boolean impatient =
                waiting.peek() instanceof Turn oldest && System.nanoTime() - oldest.since() > PATIENCE_NANOS;
        if (impatient) {
            threads.setCorePoolSize(Math.min(MOST, 2 * count));
        } else if (count > FEWEST) {
            threads.setCorePoolSize(count - 1);
        }
    }

    @PreDestroy
    void close() {
        watch.shutdownNow();
        threads.shutdown();
    }
}
