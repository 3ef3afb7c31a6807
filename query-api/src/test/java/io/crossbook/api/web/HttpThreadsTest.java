package io.crossbook.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpThreadsTest {
    private static final int WAITING = 100;
    private static final int PATIENCE_SECONDS = 20;

    private final HttpThreads threads = new HttpThreads();

    @AfterEach
    void close() {
        threads.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** @return lets go those that wait */
    private CountDownLatch servedBesideThoseThatWait() {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        for (int i = 0; i < WAITING; i++) {
            threads.execute(() -> await(released));
        }
        threads.execute(served::countDown);
        await(served);
        return released;
    }

    @Test
    void thoseThatWaitDoNotHoldUpOthers() {
        servedBesideThoseThatWait().countDown();
    }

    @Test
    void fewServeAgainWhenNobodyWaits() {
        servedBesideThoseThatWait().countDown();
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (alive() > HttpThreads.FEWEST && System.nanoTime() < giveUpAt) {
            Thread.yield();
        }
        assertThat(alive()).isLessThanOrEqualTo(HttpThreads.FEWEST);
    }

    private static long alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("http \\d+"))
                .count();
    }
}
