package io.crossbook.matching;

import io.crossbook.testkit.Scenario;
import io.crossbook.testkit.Scenarios;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The book against what the test suites of public matching engines expect. */
class ScenariosTest {
    private static final MatchingSettings SETTINGS = new MatchingSettings(true, true, 0, true, false, false);

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plays(Scenario scenario) {
        scenario.play(instrument -> Market.comparable(new LiveBook(instrument, SETTINGS)));
    }
}
