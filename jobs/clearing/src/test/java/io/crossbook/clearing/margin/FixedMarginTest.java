package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.number;
import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedMarginTest {
    private final FixedMargin model = new FixedMargin("margin.yaml", number("0.08"), Map.of("NQH4", number("0.125")));

    private Decimal required(MarginPosition... positions) {
        return model.requirements(List.of(positions)).get(0).requirement();
    }

    @Test
    void takesEightPercentOfTheValue() {
        assertThat(required(position("ESH4", "USD", "10", "7", "102.25"))).isEqualTo(number("572.60"));
    }

    @Test
    void takesTheSameOfAShortAndOffsetsNothing() {
        assertThat(required(position("ESH4", "USD", "10", "-7", "102.25"))).isEqualTo(number("572.60"));
        assertThat(required(position("ESH4", "-3", "100"), position("ESM4", "3", "100")))
                .isEqualTo(number("48"));
    }

    @Test
    void takesAPriceBelowZeroByItsSize() {
        assertThat(required(position("CLK0", "USD", "1000", "1", "-37.63"), position("CLM0", "USD", "1000", "1", "20")))
                .isEqualTo(number("4610.4"));
    }

    @Test
    void prefersTheRateOfTheInstrument() {
        assertThat(required(position("NQH4", "2", "1000"))).isEqualTo(number("250"));
    }

    @Test
    void neverRounds() {
        assertThat(required(position("ESH4", "0.00000001", "0.000000000000000001")))
                .isEqualTo(number("0.0000000000000000000000000008"));
    }

    @Test
    void namesAnInstrumentWithoutARateAndTheKeyToAdd() {
        FixedMargin named = new FixedMargin("margin.yaml", null, Map.of("NQH4", number("0.125")));
        assertThatThrownBy(() -> named.requirements(List.of(position("ESH4", "1", "100"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("margin.yaml: no rate for ESH4; add \"ESH4: 8%\" under rates in the margin file,"
                        + " or a rate for all instruments");
        assertThat(named.requirements(List.of(position("ESH4", "0", "100"), position("NQH4", "1", "100"))))
                .hasSize(1);
    }

    @Test
    void refusesARateBelowZero() {
        assertThatThrownBy(() -> new FixedMargin("margin.yaml", null, Map.of("A", number("-0.01"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate of A must be zero or more, was -0.01");
    }
}
