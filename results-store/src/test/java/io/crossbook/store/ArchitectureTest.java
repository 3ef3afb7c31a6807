package io.crossbook.store;

import io.crossbook.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheModuleMap() {
        ArchitectureRules.check("io.crossbook.store");
    }
}
