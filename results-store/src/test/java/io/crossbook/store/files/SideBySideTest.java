package io.crossbook.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void passesThatWaitForEachOtherComeToTheirEnd() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        SideBySide.Pass meets = () -> {
            both.countDown();
            await(both);
        };
        SideBySide.run(meets, meets);
        assertThat(both.getCount()).isZero();
    }

    @Test
    void ofSeveralFailuresTheFirstByOrderIsThrownHoweverLateItComes() {
        CountDownLatch otherFailed = new CountDownLatch(1);
        assertThatIOException()
                .isThrownBy(() -> SideBySide.run(
                        () -> {
                            await(otherFailed);
                            throw new IOException("first");
                        },
                        () -> {
                            otherFailed.countDown();
                            throw new IOException("second");
                        }))
                .withMessage("first");
    }

    @Test
    void aFailureIsThrownOnlyOnceAllPassesHaveEnded() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        assertThatIllegalStateException()
                .isThrownBy(() -> SideBySide.run(
                        () -> {
                            failed.countDown();
                            throw new IllegalStateException("broken");
                        },
                        () -> {
                            await(failed);
                            ended.set(true);
                        }));
        assertThat(ended).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
