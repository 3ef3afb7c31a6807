package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginCallTest {
    private static MarginCall call(String requirement, String unpaidVariation, String collateral) {
        return new MarginCall("M1", "USD", number(requirement), number(unpaidVariation), number(collateral));
    }

    @ParameterizedTest
    @CsvSource({
        "572.60, 0, 0, 572.6",
        "572.60, 15, 500, 87.6",
        "572.60, 15, 587.6, 0",
        "572.60, 15, 600, 0",
        "0, 15, 0, 15",
        "572.60, -72.6, 100, 400",
        "0, 0, 0, 0"
    })
    void callsForWhatCollateralDoesNotCover(
            String requirement, String unpaidVariation, String collateral, String amount) {
        assertThat(call(requirement, unpaidVariation, collateral).amount()).isEqualTo(number(amount));
    }

    @Test
    void refusesCollateralBelowZero() {
        assertThatThrownBy(() -> call("1", "0", "-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("M1: collateral must be zero or more, was -1");
        assertThatThrownBy(() -> call("-1", "0", "1")).hasMessage("M1: requirement must be zero or more, was -1");
    }
}
