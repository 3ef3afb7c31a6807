package io.crossbook.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.model.Decimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeScheduleTest {
    private static final FeeTier OWN = tier("0", "1", "3");
    private static final FeeSchedule SCHEDULE =
            new FeeSchedule(List.of(tier("1000000", "0.5", "2"), tier("10000000", "-0.25", "1.5")));

    private static FeeTier tier(String volume, String makerBps, String takerBps) {
        return new FeeTier(Decimal.parse(volume), Decimal.parse(makerBps), Decimal.parse(takerBps));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 3",
        "999999.99999999, 1, 3",
        "1000000, 0.5, 2",
        "9999999.99, 0.5, 2",
        "10000000, -0.25, 1.5",
        "1000000000000000000000, -0.25, 1.5"
    })
    void takesTheLargestTierAtOrBelowTheVolume(String volume, String makerBps, String takerBps) {
        FeeTier tier = SCHEDULE.tierFor(OWN, Decimal.parse(volume));
        assertThat(tier.makerBps()).isEqualTo(Decimal.parse(makerBps));
        assertThat(tier.takerBps()).isEqualTo(Decimal.parse(takerBps));
    }

    @Test
    void takesTheInstrumentsOwnBasisPointsWithoutASchedule() {
        FeeTier tier = FeeSchedule.NONE.tierFor(OWN, Decimal.of(1_000_000_000));
        assertThat(tier).isEqualTo(tier("0", "1", "3"));
    }

    @Test
    void neverReachesTheInstrumentWithATierAtZero() {
        FeeSchedule fromZero = new FeeSchedule(List.of(tier("0", "7", "8")));
        assertThat(fromZero.tierFor(OWN, Decimal.ZERO)).isEqualTo(tier("0", "7", "8"));
    }

    @Test
    void chargesBasisPointsOfNotionalExactlyAndPaysRebates() {
        FeeTier tier = tier("0", "-0.25", "1.5");
        assertThat(tier.takerFee(Decimal.parse("7157.50"))).isEqualTo(Decimal.parse("1.073625"));
        assertThat(tier.makerFee(Decimal.parse("7157.50"))).isEqualTo(Decimal.parse("-0.1789375"));
        assertThat(tier.takerFee(Decimal.parse("0.00000001"))).isEqualTo(Decimal.parse("0.0000000000015"));
    }

    @Test
    void refusesTiersThatDoNotRise() {
        assertThatThrownBy(() -> new FeeSchedule(List.of(tier("5", "0", "0"), tier("5", "1", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tier_volume must rise, was 5 after 5");
        assertThatThrownBy(() -> tier("-1", "0", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tier_volume must be zero or more, was -1");
    }
}
