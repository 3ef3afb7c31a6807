package io.crossbook.pnl;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of 128 bits beside those of {@link BigInteger}, small ones and such as no {@code long} holds. */
class ExactSumTest {
    private static final Instrument INSTRUMENT = Instrument.permissive("X");
    private static final Decimal UNIT = Decimal.parse("0.0125");

    private final Random random = new Random(11);

    @Test
    void figuresAreThoseOfUnboundedNumbers() {
        for (int i = 0; i < 20_000; i++) {
            int bits = 1 + random.nextInt(61);
            ExactSum sum = new ExactSum();
            BigInteger expected = BigInteger.ZERO;
            for (int added = random.nextInt(4); added >= 0; added--) {
                long price = number(bits);
                long quantity = number(bits);
                sum.addProduct(price, quantity);
                expected = expected.add(product(price, quantity));
            }
            long price = number(bits);
            long quantity = number(bits);

            assertThat(sum.times(UNIT)).isEqualTo(inUnits(expected));
            assertThat(sum.below(price, quantity, UNIT))
                    .isEqualTo(inUnits(product(price, quantity).subtract(expected)));
        }
    }

    @Test
    void averagePriceIsTheSameForLongAndShort() {
        for (int i = 0; i < 20_000; i++) {
            int bits = 1 + random.nextInt(61);
            ExactSum bought = new ExactSum();
            ExactSum sold = new ExactSum();
            BigInteger cost = BigInteger.ZERO;
            long lots = 0;
            for (int added = random.nextInt(3); added >= 0; added--) {
                long price = Math.abs(number(bits));
                long quantity = 1 + (Math.abs(number(bits)) >> 2);
                bought.addProduct(price, quantity);
                sold.addProduct(price, -quantity);
                cost = cost.add(product(price, quantity));
                lots += quantity;
            }
            Decimal expected = Decimal.of(new BigDecimal(cost)
                    .multiply(INSTRUMENT.tickSize().toBigDecimal())
                    .divide(BigDecimal.valueOf(lots), Instrument.AVERAGE_PRICE_DIGITS, RoundingMode.HALF_EVEN));

            assertThat(bought.averagePrice(INSTRUMENT, lots)).isEqualTo(expected);
            assertThat(sold.averagePrice(INSTRUMENT, -lots)).isEqualTo(expected);
        }
    }

    private long number(int bits) {
        return random.nextLong() >> Long.SIZE - 1 - bits;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static Decimal inUnits(BigInteger count) {
        return Decimal.of(new BigDecimal(count).multiply(UNIT.toBigDecimal()));
    }
}
