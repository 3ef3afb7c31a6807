package io.crossbook.api.orders;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Threads for answers that need the database, which those that read topics must not wait for. */
@Component
public final class AnswerThreads {
    private static final int COUNT = 16;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService executor = Executors.newFixedThreadPool(COUNT, work -> {
        Thread thread = new Thread(work, "answer " + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    public ExecutorService executor() {
        return executor;
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }
}
