package io.crossbook.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theReferenceBookDoesWhatPublicEnginesDo(Scenario scenario) {
        scenario.play(instrument -> new ReferenceBook(instrument, true, true, 0, true));
    }

    @Test
    void everyScenarioHasANameOfItsOwnAndASource() {
        assertThat(scenarios()).extracting(Scenario::name).doesNotHaveDuplicates();
        assertThat(scenarios())
                .allSatisfy(scenario -> assertThat(scenario.source()).isNotBlank());
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(120);
    }
}
