package io.crossbook.cli;

import io.crossbook.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsToTheMapOfTheModules() {
        ArchitectureRules.check("io.crossbook.cli");
    }
}
