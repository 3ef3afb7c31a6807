package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.number;
import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoricalVarTest {
    private static final List<Decimal> TEN =
            series("-0.04", "-0.03", "-0.02", "-0.01", "0", "0", "0.01", "0.02", "0.03", "0.04");
    private static final List<Decimal> TEN_TURNED =
            series("0.05", "0.03", "0.02", "0.01", "0", "0", "-0.01", "-0.02", "-0.03", "-0.04");
    private static final MarginPosition LONG = position("ESH4", "USD", "10", "7", "102.25");

    private static List<Decimal> series(String... fractions) {
        return Stream.of(fractions).map(Decimal::parse).toList();
    }

    private static HistoricalVar model(String confidence, int days, String floor) {
        return new HistoricalVar(
                "margin.yaml",
                Returns.numbered(Map.of("ESH4", TEN, "NQH4", TEN_TURNED)),
                number(confidence),
                days,
                number(floor));
    }

    private static Decimal required(HistoricalVar model, MarginPosition... positions) {
        return model.requirements(List.of(positions)).get(0).requirement();
    }

    @Test
    void takesTheSecondWorstOfTenAtNinetyPercent() {
        assertThat(LONG.value()).isEqualTo(number("7157.50"));
        assertThat(required(model("0.9", 1, "0"), LONG)).isEqualTo(number("214.7250"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.99, 286.3",
        "0.91, 286.3",
        "0.9, 214.725",
        "0.900000000000000000001, 286.3",
        "0.81, 214.725",
        "0.8, 143.15",
        "0.000000001, 0"
    })
    void countsTheRankInExactDecimals(String confidence, String requirement) {
        assertThat(required(model(confidence, 1, "0"), LONG)).isEqualTo(number(requirement));
    }

    @Test
    void losesOnAShortWhenPricesRise() {
        assertThat(required(model("0.99", 1, "0"), position("NQH4", "-1", "1000")))
                .isEqualTo(number("50"));
        assertThat(required(model("0.9", 1, "0"), position("NQH4", "-1", "1000")))
                .isEqualTo(number("30"));
    }

    @Test
    void addsUpTheWholePortfolioBeforeItSorts() {
        // Per scenario 1000·r + 1000·r': 10, 0, 0, … 0: nothing is lost in any.
        assertThat(required(model("0.99", 1, "0"), position("ESH4", "1", "1000"), position("NQH4", "1", "1000")))
                .isEqualTo(Decimal.ZERO);
        assertThat(required(model("0.99", 1, "0"), position("ESH4", "1", "1000"), position("NQH4", "-1", "1000")))
                .isEqualTo(number("90"));
    }

    @Test
    void scalesToTheHoldingPeriodByARootOfTwentyDigits() {
        assertThat(required(model("0.9", 4, "0"), LONG)).isEqualTo(number("429.45"));
        assertThat(required(model("0.9", 2, "0"), LONG))
                .isEqualTo(number("214.725").times(number("1.4142135623730950488")));
        assertThat(required(model("0.9", 10, "0"), LONG))
                .isEqualTo(number("214.725").times(number("3.1622776601683793320")));
    }

    @Test
    void neverFallsBelowTheStressFloor() {
        assertThat(required(model("0.9", 1, "0.03"), LONG)).isEqualTo(number("214.725"));
        assertThat(required(model("0.9", 1, "0.05"), LONG)).isEqualTo(number("357.875"));
        assertThat(required(model("0.99", 1, "0.02"), position("ESH4", "1", "1000"), position("NQH4", "1", "1000")))
                .isEqualTo(number("40"));
    }

    @Test
    void requiresNothingOfAGain() {
        HistoricalVar rising = new HistoricalVar(
                "margin.yaml",
                Returns.numbered(Map.of("ESH4", series("0.01", "0.02"))),
                number("0.9"),
                1,
                Decimal.ZERO);
        assertThat(required(rising, LONG)).isEqualTo(Decimal.ZERO);
    }

    @Test
    void listsItsScenariosByRank() {
        HistoricalVar two = new HistoricalVar(
                "margin.yaml",
                new Returns(List.of("mon", "tue", "wed"), Map.of("ESH4", series("0.01", "-0.02", "-0.03"))),
                number("0.6"),
                4,
                number("0.01"));
        MarginRequirement requirement = two.requirements(List.of(LONG)).get(0);
        assertThat(requirement.lines())
                .extracting(line -> String.join(",", line.fields()))
                .containsExactly(
                        "POSITION,ESH4,7,10,102.25,,7157.5",
                        "SCENARIO,wed,1,,,,214.725",
                        "SCENARIO,tue,2,,,,143.15",
                        "SCENARIO,mon,3,,,,-71.575",
                        "WORST,tue,2,,,0.6,143.15",
                        "HOLDING,days,4,,,2,286.3",
                        "FLOOR,gross value,,,,0.01,71.575");
        assertThat(requirement.requirement()).isEqualTo(number("286.3"));
    }

    @Test
    void namesAnInstrumentWithoutReturnsAndTheKeyToAdd() {
        assertThatThrownBy(() -> required(model("0.9", 1, "0"), position("FDAX", "1", "18000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("margin.yaml: no returns for FDAX; add \"FDAX: [-1%, 0.5%, …]\" under returns in the margin"
                        + " file, or rows of it to the CSV file named there");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> model("1", 1, "0")).hasMessage("confidence must be between 0 and 1, was 1");
        assertThatThrownBy(() -> model("0", 1, "0")).hasMessage("confidence must be between 0 and 1, was 0");
        assertThatThrownBy(() -> model("0.9", 0, "0")).hasMessage("holding_days must be one or more, was 0");
        assertThatThrownBy(() -> model("0.9", 1, "-0.1")).hasMessage("floor must be zero or more, was -0.1");
        assertThatThrownBy(() -> new Returns(List.of("1"), Map.of("A", series("0", "0"))))
                .hasMessage("A has 2 returns for 1 scenarios");
    }
}
