package io.crossbook.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Fingerprint;
import io.crossbook.model.OrderId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered for the day: exact, and within the promised memory. */
class RememberedTest {
    private static final int IDS = 300_000;
    private static final int BYTES_AN_ID = 24;
    private static final int BYTES_A_KEY = 48;
    private static final int LARGE = 20_000;

    private final Fingerprint fingerprint = new Fingerprint();

    /** How systems name their orders: each makes the id of the order with a number. */
    static Stream<Named<IntFunction<String>>> idsOfSystems() {
        return Stream.of(
                Named.of("counted", i -> "order-" + i),
                Named.of("numbers alone", i -> Integer.toString(i)),
                Named.of("padded", i -> String.format("A%09d", i)),
                Named.of("by client", i -> "c" + i % 100 + "-" + i),
                Named.of("counted from the top", i -> Integer.toString(1_000_000 - i)),
                Named.of("far apart", i -> Long.toString(7_919L * 64 * i)),
                Named.of("as long as they get", i -> Long.toString(999_999_999_999_999_999L - i)),
                Named.of("too long to count", i -> "2026-11-21T" + i),
                Named.of("random", i -> new UUID(i * 0x9e3779b97f4a7c15L, ~i).toString()));
    }

    @ParameterizedTest
    @MethodSource("idsOfSystems")
    void remembersEachIdOnceInAtMost24BytesAtAnySize(IntFunction<String> idOf) {
        UsedIds ids = new UsedIds();
        for (int i = 0; i < IDS; i++) {
            assertThat(add(ids, idOf.apply(i))).as("id %d", i).isTrue();
            if (i > LARGE && i % 997 == 0) {
                assertThat(ids.tableBytes()).as("bytes of %d ids", i).isLessThanOrEqualTo((long) BYTES_AN_ID * i);
            }
        }
        for (int i = 0; i < IDS; i += 7) {
            assertThat(add(ids, idOf.apply(i))).as("id %d again", i).isFalse();
        }
        assertThat(ids.size()).isEqualTo(IDS);
    }

    private boolean add(UsedIds ids, String orderId) {
        OrderId id = OrderId.of(orderId);
        return ids.add(id.high(), id.low());
    }

    @Test
    void restoresWhatWasDrainedBetweenRandomAdditions() {
        long seed = 4711;
        Random random = new Random(seed);
        String[] prefixes = {"", "o", "o-", "order-number-", "7x"};
        UsedIds ids = new UsedIds();
        UsedIds restored = new UsedIds();
        Set<String> known = new HashSet<>();
        for (int step = 0; step < 60_000; step++) {
            String id = prefixes[random.nextInt(prefixes.length)] + random.nextInt(10_000);
            assertThat(add(ids, id)).as("seed %d step %d", seed, step).isEqualTo(known.add(id));
            if (random.nextInt(3_000) == 0) {
                restored.restore(ids.drain());
                assertThat(ids.drain()).isEmpty();
                assertThat(restored.size()).isEqualTo(known.size());
                assertThat(restored.drain()).isEmpty();
            }
        }
        restored.restore(ids.drain());
        known.forEach(id -> assertThat(add(restored, id)).as(id).isFalse());
        restored.clear();
        known.forEach(id -> assertThat(add(restored, id)).as(id).isTrue());
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
