package io.crossbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written as bytes is what Java writes as text. */
class AsciiNumbersTest {
    private static final long SEED = 20;

    private final byte[] bytes = new byte[64];

    @Test
    void writesWhatJavaWrites() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            check(random.nextLong() >> random.nextInt(Long.SIZE));
        }
        long ten = 1;
        for (int i = 0; i < 19; i++, ten *= 10) {
            check(ten);
            check(ten - 1);
            check(-ten);
            check(1 - ten);
        }
        check(Long.MAX_VALUE);
        check(Long.MIN_VALUE);
        check(Long.MIN_VALUE + 1);
    }

    private void check(long number) {
        assertThat(text(AsciiNumbers.write(number, bytes, 3), 3)).isEqualTo(Long.toString(number));
        if (number >= 0) {
            assertThat(AsciiNumbers.digits(number))
                    .isEqualTo(Long.toString(number).length());
        }
    }

    @Test
    void padsWithZeros() {
        assertThat(text(AsciiNumbers.padded(0, 9, bytes, 0), 0)).isEqualTo("000000000");
        assertThat(text(AsciiNumbers.padded(1_234, 9, bytes, 0), 0)).isEqualTo("000001234");
        assertThat(text(AsciiNumbers.padded(123_456_789_012L, 17, bytes, 0), 0)).isEqualTo("00000123456789012");
    }

    @Test
    void writesDecimalsAsTheirText() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            check(Decimal.of(random.nextLong() >> random.nextInt(Long.SIZE), random.nextInt(19)));
        }
        check(Decimal.ZERO);
        check(Decimal.of(Long.MIN_VALUE, 0));
        check(Decimal.of(Long.MIN_VALUE, 18));
        check(Decimal.parse("123456789012345678901234567890.000000000000000000000001"));
    }

    private void check(Decimal decimal) {
        assertThat(decimal.mostBytes())
                .isGreaterThanOrEqualTo(decimal.toString().length());
        assertThat(text(decimal.writeTo(bytes, 2), 2)).isEqualTo(decimal.toString());
    }

    private String text(int end, int from) {
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
    }
}
