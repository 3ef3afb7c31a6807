package io.crossbook.clearing.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crossbook.clearing.settlement.FeeSchedule;
import io.crossbook.clearing.settlement.FeeTier;
import io.crossbook.model.Decimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeeFileTest {
    private static final String HEADER = "tier_volume,maker_bps,taker_bps\n";

    private static InputText fees(String text) {
        return new InputText("fees.csv", "", text);
    }

    private static List<String> faults(String text) {
        IllegalArgumentException refused =
                catchThrowableOfType(IllegalArgumentException.class, () -> FeeFile.read(fees(text)));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.getMessage().lines().toList();
    }

    @Test
    void readsTiersInAnyOrderOfColumns() {
        assertThat(FeeFile.read(fees("Taker_bps, tier_volume ,maker_bps\r\n3,0,1\r\n\r\n1.5,1000000.5,-0.25")))
                .isEqualTo(new FeeSchedule(List.of(
                        new FeeTier(Decimal.ZERO, Decimal.ONE, Decimal.of(3)),
                        new FeeTier(Decimal.parse("1000000.5"), Decimal.parse("-0.25"), Decimal.parse("1.5")))));
    }

    @Test
    void leavesTheInstrumentsTheirOwnWithAHeaderAlone() {
        assertThat(FeeFile.read(fees(HEADER))).isEqualTo(FeeSchedule.NONE);
    }

    @Test
    void namesEveryFaultWithLineColumnAndRule() {
        assertThat(faults(HEADER + "-1,0,0\n5,x,\n5,1,1\n5,1,1\n4,1,1\n6,1\n1e3,1,1\n"))
                .containsExactly(
                        "fees.csv:2: tier_volume must be zero or more, was \"-1\"",
                        "fees.csv:3: maker_bps must be a number of digits like 12 or -0.5, was \"x\"",
                        "fees.csv:3: taker_bps must be a number of digits like 12 or -0.5, was \"\"",
                        "fees.csv:5: tier_volume must be above 5 of the tier before, was \"5\"",
                        "fees.csv:6: tier_volume must be above 5 of the tier before, was \"4\"",
                        "fees.csv:7: a line must have 3 fields, this one has 2",
                        "fees.csv:8: tier_volume must be a number of digits like 12 or -0.5, was \"1e3\"");
    }

    @Test
    void refusesOtherColumnsAndEmptyFiles() {
        assertThat(faults(""))
                .containsExactly("fees.csv: is empty; its first line must be tier_volume,maker_bps,taker_bps");
        assertThat(faults("volume,maker_bps,taker_bps\n0,x,x\n"))
                .containsExactly("fees.csv:1: columns must be tier_volume,maker_bps,taker_bps,"
                        + " were \"volume,maker_bps,taker_bps\"");
        assertThat(faults(HEADER + "0,\"1,1\n").get(0)).startsWith("fees.csv: is no CSV: ");
    }
}
