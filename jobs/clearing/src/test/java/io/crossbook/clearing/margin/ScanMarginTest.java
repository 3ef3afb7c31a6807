package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.number;
import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScanMarginTest {
    private static final SpreadPair NEAR_AND_NEXT = new SpreadPair("ESH4", "ESM4", number("20"));
    private static final SpreadPair NEXT_AND_FAR = new SpreadPair("ESM4", "ESU4", number("30"));
    private static final Map<String, ScanRange> RANGES =
            Map.of("ESH4", points("50"), "ESM4", points("45"), "ESU4", points("40"));

    private static ScanRange points(String size) {
        return new ScanRange(number(size), false);
    }

    private static ScanMargin model(SpreadPair... pairs) {
        return new ScanMargin("margin.yaml", null, RANGES, List.of(pairs));
    }

    private static Decimal required(ScanMargin model, MarginPosition... positions) {
        return model.requirements(List.of(positions)).get(0).requirement();
    }

    @Test
    void offsetsRelatedContractsAndChargesEachSpread() {
        MarginPosition longNear = position("ESH4", "10", "5000");
        MarginPosition shortNext = position("ESM4", "-6", "5050");
        assertThat(required(model(NEAR_AND_NEXT), longNear, shortNext)).isEqualTo(number("350"));
        assertThat(required(model(), longNear, shortNext)).isEqualTo(number("770"));
    }

    @Test
    void offsetsTheSameWhicheverLegIsLong() {
        assertThat(required(model(NEAR_AND_NEXT), position("ESH4", "-10", "5000"), position("ESM4", "6", "5050")))
                .isEqualTo(number("350"));
        SpreadPair turned = new SpreadPair("ESM4", "ESH4", number("20"));
        assertThat(required(model(turned), position("ESH4", "10", "5000"), position("ESM4", "-6", "5050")))
                .isEqualTo(number("350"));
    }

    @Test
    void formsNoSpreadOfTwoLegsTheSameWay() {
        MarginRequirement both = model(NEAR_AND_NEXT)
                .requirements(List.of(position("ESH4", "-10", "5000"), position("ESM4", "-6", "5050")))
                .get(0);
        assertThat(both.requirement()).isEqualTo(number("770"));
        assertThat(both.lines()).extracting(MarginLine::part).doesNotContain(MarginLine.Part.SPREAD);
    }

    @Test
    void letsAContractInNoPairStandAlone() {
        assertThat(required(
                        model(NEAR_AND_NEXT),
                        position("ESH4", "10", "5000"),
                        position("ESM4", "-6", "5050"),
                        position("ESU4", "-3", "5100")))
                .isEqualTo(number("470"));
    }

    @Test
    void formsSpreadsInTheOrderOfTheFileAsFarAsTheLegsLast() {
        MarginPosition near = position("ESH4", "10", "5000");
        MarginPosition next = position("ESM4", "-12", "5050");
        MarginPosition far = position("ESU4", "5", "5100");
        // 10·50 − 12·45 + 5·40 = 160; near first: 10 spreads at 20, 2 at 30; far first: 5 at 30, 7 at 20.
        assertThat(required(model(NEAR_AND_NEXT, NEXT_AND_FAR), near, next, far))
                .isEqualTo(number("420"));
        assertThat(required(model(NEXT_AND_FAR, NEAR_AND_NEXT), near, next, far))
                .isEqualTo(number("450"));
    }

    @Test
    void givesNoOffsetThroughAContractThatIsNotHeld() {
        assertThat(required(
                        model(NEAR_AND_NEXT, NEXT_AND_FAR),
                        position("ESH4", "10", "5000"),
                        position("ESU4", "-10", "5100")))
                .isEqualTo(number("900"));
    }

    @Test
    void formsNoSpreadAcrossCurrencies() {
        List<MarginRequirement> requirements = model(NEAR_AND_NEXT)
                .requirements(List.of(
                        position("ESH4", "USD", "1", "10", "5000"), position("ESM4", "EUR", "1", "-6", "5050")));
        assertThat(requirements)
                .extracting(each -> each.currency() + ' ' + each.requirement())
                .containsExactly("EUR 270", "USD 500");
    }

    @Test
    void takesARangeInPricePointsOrAsAPercentageOfTheSettlementPrice() {
        ScanMargin percent = new ScanMargin(
                "margin.yaml", new ScanRange(number("0.05"), true), Map.of("NQH4", points("300")), List.of());
        assertThat(required(percent, position("ESH4", "USD", "50", "-2", "5000.25")))
                .isEqualTo(number("25001.25"));
        assertThat(required(percent, position("NQH4", "USD", "20", "2", "17000")))
                .isEqualTo(number("12000"));
        assertThat(required(percent, position("CLK0", "USD", "1000", "1", "-37.63")))
                .isEqualTo(number("1881.5"));
    }

    @Test
    void listsEveryScenarioOfAGroup() {
        MarginRequirement requirement = model(NEAR_AND_NEXT)
                .requirements(List.of(position("ESH4", "10", "5000"), position("ESM4", "-6", "5050")))
                .get(0);
        assertThat(requirement.lines())
                .extracting(line -> String.join(",", line.fields()))
                .containsExactly(
                        "POSITION,ESH4,10,1,5000,50,500",
                        "POSITION,ESM4,-6,1,5050,45,-270",
                        "SCENARIO,ESH4+ESM4,,,,0,0",
                        "SCENARIO,ESH4+ESM4,,,,1/3,-76.666666666667",
                        "SCENARIO,ESH4+ESM4,,,,-1/3,76.666666666667",
                        "SCENARIO,ESH4+ESM4,,,,2/3,-153.333333333333",
                        "SCENARIO,ESH4+ESM4,,,,-2/3,153.333333333333",
                        "SCENARIO,ESH4+ESM4,,,,1,-230",
                        "SCENARIO,ESH4+ESM4,,,,-1,230",
                        "WORST,ESH4+ESM4,,,,-1,230",
                        "SPREAD,ESH4/ESM4,6,,,20,120");
    }

    @Test
    void losesNothingThatOffsetsInFull() {
        ScanMargin equalRanges = new ScanMargin("margin.yaml", points("50"), Map.of(), List.of(NEAR_AND_NEXT));
        assertThat(required(equalRanges, position("ESH4", "6", "5000"), position("ESM4", "-6", "5050")))
                .isEqualTo(number("120"));
    }

    @Test
    void keepsDigitsBeyondThoseOfALineAtAThird() {
        ScanMargin fine = new ScanMargin("margin.yaml", points("0.000000000000000001"), Map.of(), List.of());
        assertThat(required(fine, position("ESH4", "-0.00000001", "5000")))
                .isEqualTo(number("0.00000000000000000000000001"));
    }

    @Test
    void namesAnInstrumentWithoutARangeAndTheKeyToAdd() {
        assertThatThrownBy(() -> required(model(), position("NQH4", "1", "17000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "margin.yaml: no scan range for NQH4; add \"NQH4: 5%\" under scan_ranges in the margin file,"
                                + " or a scan_range for all instruments");
    }

    @Test
    void refusesASpreadOfOneInstrumentOrWithANegativeCharge() {
        assertThatThrownBy(() -> new SpreadPair("A", "A", number("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a spread needs two instruments, both legs are A");
        assertThatThrownBy(() -> new SpreadPair("A", "B", number("-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A/B: charge must be zero or more, was -1");
    }
}
