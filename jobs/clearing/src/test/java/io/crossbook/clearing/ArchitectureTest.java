package io.crossbook.clearing;

import io.crossbook.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void dependsOnWhatItMay() {
        ArchitectureRules.check("io.crossbook.clearing");
    }
}
