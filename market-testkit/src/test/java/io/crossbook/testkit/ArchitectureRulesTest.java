package io.crossbook.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {
    @Test
    void theModelKeepsToTheMap() {
        assertThatCode(() -> ArchitectureRules.check("io.crossbook.model")).doesNotThrowAnyException();
    }

    @Test
    void theTestKitKeepsToTheMap() {
        assertThatCode(() -> ArchitectureRules.check("io.crossbook.testkit")).doesNotThrowAnyException();
    }

    @Test
    void aPackageWithoutClassesIsAMistake() {
        assertThatThrownBy(() -> ArchitectureRules.check("io.crossbook.nowhere"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.crossbook.nowhere");
    }

    @Test
    void everyRuleSaysWhy() {
        assertThat(ArchitectureRules.ALL)
                .allSatisfy(rule -> assertThat(rule.getDescription()).contains("because"));
    }

    @Test
    void aCoreThatReadsAClockBreaksARule() {
        assertThat(broken("io.crossbook.clearing.settlement")).isNotEmpty();
    }

    private static List<String> broken(String example) {
        return ArchitectureRules.ALL.stream()
                .filter(rule -> rule.allowEmptyShould(true)
                        .evaluate(new ClassFileImporter().importPackages(example))
                        .hasViolation())
                .map(ArchRule::getDescription)
                .toList();
    }
}
