package io.crossbook.clearing.margin;

import static io.crossbook.clearing.margin.Positions.number;
import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarginSettingsTest {
    private static final List<MarginPosition> POSITIONS = List.of(position("ESH4", "USD", "50", "-2", "5000"));

    @Test
    void takesTenPercentWithoutAFile() {
        MarginModel model = MarginSettings.DEFAULT.model();
        assertThat(model.kind()).isEqualTo(MarginKind.FIXED);
        assertThat(model.requirements(POSITIONS).get(0).requirement()).isEqualTo(number("50000"));
    }

    @Test
    void saysWhatAnotherModelWouldNeed() {
        MarginModel scan = MarginSettings.DEFAULT.with(MarginKind.SCAN).model();
        assertThat(scan.kind()).isEqualTo(MarginKind.SCAN);
        assertThatThrownBy(() -> scan.requirements(POSITIONS))
                .hasMessage(
                        "built-in margin settings: no scan range for ESH4; add \"ESH4: 5%\" under scan_ranges in the"
                                + " margin file, or a scan_range for all instruments");
        MarginModel historical = MarginSettings.DEFAULT.with(MarginKind.VAR).model();
        assertThat(historical.kind()).isEqualTo(MarginKind.VAR);
        assertThatThrownBy(() -> historical.requirements(POSITIONS))
                .hasMessageStartingWith("built-in margin settings: no returns for ESH4; ");
    }

    @Test
    void knowsTheModelsByTheirWords() {
        assertThat(MarginKind.values()).extracting(MarginKind::word).containsExactly("fixed", "scan", "var");
        assertThat(MarginKind.of("Var")).contains(MarginKind.VAR);
        assertThat(MarginKind.of("span")).isEmpty();
    }
}
