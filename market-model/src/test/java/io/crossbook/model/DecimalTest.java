package io.crossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalTest {
    private static final long SEED = 20240304;

    @Test
    void readsDigitsWithAPointAndNothingElse() {
        assertThat(Decimal.parse("12.50")).isEqualTo(Decimal.of(125, 1)).hasToString("12.5");
        assertThat(Decimal.parse("-0.00000001")).hasToString("-0.00000001");
        assertThat(Decimal.parse("007")).hasToString("7");
        for (String wrong : List.of("", "-", ".5", "5.", "1e4", "+1", "1,000", "NaN", " 1", "1.2.3", "--1", "0x10")) {
            assertThat(Decimal.parseOrNull(wrong)).as(wrong).isNull();
        }
        assertThatThrownBy(() -> Decimal.parse("1e400"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("\"1e400\"");
    }

    @Test
    void keepsNumbersBeyondALongExact() {
        String wide = "123456789012345678901234567890.123456789012345678";
        assertThat(Decimal.parse(wide)).hasToString(wide);
        assertThat(Decimal.parse(wide).minus(Decimal.parse(wide))).isEqualTo(Decimal.ZERO);
        assertThat(Decimal.of(Long.MIN_VALUE).negate()).hasToString("9223372036854775808");
        assertThat(Decimal.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @Test
    void countsUnitsOrSaysWhyNot() {
        Decimal tick = Decimal.parse("0.25");
        assertThat(Decimal.parse("4800.25").inUnitsOf(tick)).isEqualTo(19201);
        assertThat(Decimal.parse("-0.5").inUnitsOf(tick)).isEqualTo(-2);
        assertThat(Decimal.parse("0.3").inUnitsOf(tick)).isEqualTo(Decimal.Units.NOT_WHOLE);
        assertThat(Decimal.parse("100000000000").inUnitsOf(Decimal.of(1, 8))).isEqualTo(Decimal.Units.TOO_LARGE);
        assertThat(Decimal.of(1L << 62).inUnitsOf(Decimal.ONE)).isEqualTo(Decimal.Units.TOO_LARGE);
        assertThat(Decimal.of((1L << 62) - 1).inUnitsOf(Decimal.ONE)).isEqualTo((1L << 62) - 1);
        assertThat(Decimal.parse("0.1").inUnitsOf(Decimal.of(2))).isEqualTo(Decimal.Units.NOT_WHOLE);
    }

    @Test
    void agreesWithBigDecimalOnRandomNumbersOfEverySize() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int step = 0; step < 20_000; step++) {
            BigDecimal a = randomNumber(random);
            BigDecimal b = randomNumber(random);
            Decimal x = Decimal.of(a);
            Decimal y = Decimal.of(b);
            String at = "seed " + SEED + " step " + step + ": " + a + " and " + b;
            assertThat(x.plus(y).toBigDecimal()).as(at).isEqualByComparingTo(a.add(b));
            assertThat(x.minus(y).toBigDecimal()).as(at).isEqualByComparingTo(a.subtract(b));
            assertThat(x.times(y).toBigDecimal()).as(at).isEqualByComparingTo(a.multiply(b));
            assertThat(Integer.signum(x.compareTo(y))).as(at).isEqualTo(a.compareTo(b));
            assertThat(x.rounded(3).toBigDecimal())
                    .as(at)
                    .isEqualByComparingTo(a.setScale(Math.min(3, a.scale()), RoundingMode.HALF_EVEN));
            assertThat(Decimal.parse(x.toString())).as(at).isEqualTo(x).hasSameHashCodeAs(x);
            assertThat(x.toString())
                    .as(at)
                    .isEqualTo(Decimal.of(a).toBigDecimal().toPlainString());
            assertThat(copyOf(x)).as(at).isEqualTo(x);
        }
    }

    private static BigDecimal randomNumber(SplittableRandom random) {
        int bits = random.nextInt(1, 100);
        BigInteger unscaled = new BigInteger(bits, new java.util.Random(random.nextLong()));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(0, 24));
    }

    private static Decimal copyOf(Decimal value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        value.write(new DataOutputStream(bytes));
        return Decimal.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void averagesExactlyBeforeItRounds() {
        Instrument instrument = Instrument.permissive("X");
        assertThat(instrument.averagePrice(0, 10, 4)).isEqualTo(Decimal.parse("0.000000025"));
        // 2^64 ticks times lots over 3 lots of 1e-8: 184467440737.09551616 / 3
        assertThat(instrument.averagePrice(1, 0, 3)).isEqualTo(Decimal.parse("61489146912.365172053333"));
    }

    @Test
    void writesTimesAsRfc3339() {
        assertThat(Timestamps.format(0)).isEqualTo("1970-01-01T00:00:00.000000000Z");
        assertThat(Timestamps.format(1_709_542_800_000_000_007L)).isEqualTo("2024-03-04T09:00:00.000000007Z");
        assertThat(Timestamps.format(Long.MAX_VALUE)).isEqualTo("2262-04-11T23:47:16.854775807Z");
    }
}
