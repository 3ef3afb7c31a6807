package io.crossbook.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered for the day: exact, and within the promised memory. */
class RememberedTest {
    private static final int IDS = 300_000;
    private static final int BYTES_AN_ID = 24;
    private static final int BYTES_A_KEY = 48;
    private static final int LARGE = 20_000;

    private final Fingerprint fingerprint = new Fingerprint();

    @Test
    void remembersEachIdOnceInAtMost24BytesAtAnySize() {
        UsedIds ids = new UsedIds();
        for (int i = 0; i < IDS; i++) {
            fingerprint.of("order-" + i);
            assertThat(ids.add(fingerprint.high(), fingerprint.low()))
                    .as("id %d", i)
                    .isTrue();
            if (i > LARGE && i % 997 == 0) {
                assertThat(ids.tableBytes()).as("bytes of %d ids", i).isLessThanOrEqualTo((long) BYTES_AN_ID * i);
            }
        }
        for (int i = 0; i < IDS; i += 7) {
            fingerprint.of("order-" + i);
            assertThat(ids.add(fingerprint.high(), fingerprint.low()))
                    .as("id %d again", i)
                    .isFalse();
        }
    }

    @Test
    void restoresWhatWasDrainedBetweenRandomAdditions() {
        long seed = 4711;
        Random random = new Random(seed);
        UsedIds ids = new UsedIds();
        UsedIds restored = new UsedIds();
        Set<Integer> known = new HashSet<>();
        for (int step = 0; step < 60_000; step++) {
            int number = random.nextInt(40_000);
            fingerprint.of("o" + number);
            assertThat(ids.add(fingerprint.high(), fingerprint.low()))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(known.add(number));
            if (random.nextInt(3_000) == 0) {
                restored.restore(ids.drain());
                assertThat(restored.size()).isEqualTo(known.size());
                assertThat(restored.drain()).isEmpty();
            }
        }
    }

    @Test
    void remembersKeysWithContentAndSequenceInAtMost48Bytes() {
        RememberedKeys keys = new RememberedKeys();
        RememberedKeys restored = new RememberedKeys();
        for (int i = 1; i <= IDS / 4; i++) {
            fingerprint.of("key-" + i);
            assertThat(keys.remember(fingerprint.high(), fingerprint.low(), i, -i, i))
                    .isEqualTo(RememberedKeys.NEW);
            if (i > LARGE && i % 997 == 0) {
                assertThat(keys.tableBytes()).as("bytes of %d keys", i).isLessThanOrEqualTo((long) BYTES_A_KEY * i);
                restored.restore(keys.drain());
            }
        }
        restored.restore(keys.drain());
        for (int i = 1; i <= IDS / 4; i += 5) {
            fingerprint.of("key-" + i);
            assertThat(restored.remember(fingerprint.high(), fingerprint.low(), i, -i, 0))
                    .isEqualTo(i);
            assertThat(restored.remember(fingerprint.high(), fingerprint.low(), i, i, 0))
                    .isEqualTo(RememberedKeys.REUSED);
        }
    }

    @Test
    void tellsTextsApartByLengthAndPlace() {
        Set<String> seen = new HashSet<>();
        for (String[] fields : new String[][] {{"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"", "abc"}, {"abc"}, {}}) {
            fingerprint.clear();
            for (String field : fields) {
                fingerprint.text(field);
            }
            fingerprint.finish();
            assertThat(seen.add(fingerprint.high() + " " + fingerprint.low())).isTrue();
        }
        assertThat(seen.add(fingerprint.clear().text(null).finish().high() + " " + fingerprint.low()))
                .isTrue();
    }
}
