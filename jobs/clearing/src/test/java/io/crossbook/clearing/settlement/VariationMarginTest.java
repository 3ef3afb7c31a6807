package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import org.junit.jupiter.api.Test;

class VariationMarginTest {
    /** Multiplier 10, settled at 100 and then at 102.25. */
    private static Decimal variation(String carried, String traded, String tradedValue) {
        return VariationMargin.of(
                Decimal.of(10),
                Decimal.parse(carried),
                Decimal.of(100),
                Decimal.parse(traded),
                Decimal.parse(tradedValue),
                Decimal.parse("102.25"));
    }

    @Test
    void marksWhatWasCarriedFromSettlementToSettlementAndWhatWasTradedFromItsPrice() {
        // A carries 5, sells 2 at 101.50 to C and 3 at 99.00 to B, who carries −5.
        assertThat(variation("5", "-5", "-500")).isEqualTo(Decimal.parse("0"));
        assertThat(variation("-5", "3", "297")).isEqualTo(Decimal.parse("-15"));
        assertThat(variation("0", "2", "203")).isEqualTo(Decimal.parse("15"));
    }

    @Test
    void leavesOutATradeThatWasBusted() {
        assertThat(variation("5", "-2", "-203")).isEqualTo(Decimal.parse("97.5"));
        assertThat(variation("-5", "0", "0")).isEqualTo(Decimal.parse("-112.5"));
    }
}
