package io.crossbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pooled number is the number that would be made. */
class DecimalPoolTest {
    private static final long SEED = 5;

    private final DecimalPool pool = new DecimalPool();

    @Test
    void givesTheNumberThatWouldBeMade() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            long value = random.nextInt(20_000) - 5_000L;
            int scale = random.nextInt(4);
            assertThat(pool.of(value, scale)).isEqualTo(Decimal.of(value, scale));
        }
    }

    @Test
    void makesANumberOnce() {
        assertThat(pool.of(7_025, 2)).isSameAs(pool.of(7_025, 2));
    }

    @Test
    void multipliesExactlyBeyondALong() {
        Decimal tick = Decimal.parse("0.05");

        assertThat(pool.times(tick, 3)).isEqualTo(Decimal.parse("0.15"));
        assertThat(pool.times(tick, -40)).isEqualTo(Decimal.of(-2));
        assertThat(pool.times(tick, Long.MAX_VALUE)).isEqualTo(tick.times(Long.MAX_VALUE));
        assertThat(pool.times(Decimal.parse("12345678901234567890.5"), 2))
                .isEqualTo(Decimal.parse("24691357802469135781"));
    }
}
