package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every day of deliveries; a failure names seed and step. */
class DeliveryAllocationPropertyTest {
    private static final int DAYS = 300;

    private static Decimal sum(List<DeliveryResult> results, Function<DeliveryResult, Decimal> part) {
        return results.stream().map(part).reduce(Decimal.ZERO, Decimal::plus);
    }

    private static Map<String, Decimal> due(Random random) {
        Map<String, Decimal> due = new TreeMap<>();
        Decimal sum = Decimal.ZERO;
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            Decimal quantity = Decimal.of(random.nextInt(41) - 20, random.nextInt(2));
            due.put("M" + i, quantity);
            sum = sum.plus(quantity);
        }
        due.put("LAST", sum.negate());
        return due;
    }

    private static Map<String, Decimal> delivered(Random random, Map<String, Decimal> due) {
        Map<String, Decimal> delivered = new HashMap<>();
        due.forEach((member, quantity) -> {
            if (quantity.signum() < 0 && random.nextBoolean()) {
                delivered.put(member, quantity.negate().times(Decimal.of(random.nextInt(11), 1)));
            }
        });
        return delivered;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsDueSettledAndOpenEachSumToZero(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < DAYS; step++) {
            Map<String, Decimal> due = due(random);
            Map<String, Decimal> delivered = delivered(random, due);
            List<DeliveryResult> results =
                    DeliveryAllocation.allocate("VOD", LocalDate.of(2024, 3, 15), due, delivered);
            String where = "seed %d, step %d, due %s, delivered %s".formatted(seed, step, due, delivered);
            assertThat(results).as(where).extracting(DeliveryResult::member).containsExactlyElementsOf(due.keySet());
            assertThat(sum(results, DeliveryResult::due)).as(where).isEqualTo(Decimal.ZERO);
            assertThat(sum(results, DeliveryResult::settled)).as(where).isEqualTo(Decimal.ZERO);
            assertThat(sum(results, DeliveryResult::open)).as(where).isEqualTo(Decimal.ZERO);
            for (DeliveryResult each : results) {
                assertThat(each.due()).as(where).isEqualTo(due.get(each.member()));
                if (each.due().signum() < 0) {
                    assertThat(each.settled().negate())
                            .as(where)
                            .isEqualTo(delivered.getOrDefault(
                                    each.member(), each.due().negate()));
                }
            }
            assertOnlyOneIsFilledInPart(results, where);
        }
    }

    /** Nobody receives anything while somebody with more to receive still waits. */
    private static void assertOnlyOneIsFilledInPart(List<DeliveryResult> results, String where) {
        for (DeliveryResult waiting : results) {
            for (DeliveryResult other : results) {
                boolean waits = waiting.due().signum() > 0 && waiting.open().signum() > 0;
                boolean comesLater = other.due().signum() > 0 && other.due().compareTo(waiting.due()) < 0;
                if (waits && comesLater) {
                    assertThat(other.settled()).as(where).isEqualTo(Decimal.ZERO);
                }
            }
        }
    }
}
