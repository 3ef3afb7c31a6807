package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits for what comes by itself, and says what did not. */
final class Waiting {
    private static final long PATIENCE_SECONDS = 120;

    interface Condition {
        boolean holds() throws Exception;
    }

    private Waiting() {}

    /** @param condition that cannot be asked yet, for want of a connection, does not hold yet */
    static void until(String what, Condition condition) throws Exception {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notThereYet) {
                // Asked again.
            }
            assertThat(System.nanoTime()).as(what).isLessThan(giveUpAt);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
