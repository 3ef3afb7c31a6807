package io.crossbook.api;

import io.crossbook.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheModuleMap() {
        ArchitectureRules.check("io.crossbook.api");
    }
}
