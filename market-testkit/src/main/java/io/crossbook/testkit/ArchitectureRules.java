package io.crossbook.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * Who may depend on whom, so that the map of the modules stays true. A module's test is {@code
 * ArchitectureRules.check("io.crossbook.matching")}: every rule applies to every module, and those about other packages
 * find nothing there.
 */
public final class ArchitectureRules {
    private static final String[] PURE_CORE = {
        "io.crossbook.model..",
        "io.crossbook.matching",
        "io.crossbook.pnl",
        "io.crossbook.clearing.settlement..",
        "io.crossbook.clearing.margin.."
    };

    /** All rules, each with its reason. */
    public static final List<ArchRule> ALL = List.of(
            noClasses()
                    .that()
                    .resideInAnyPackage(PURE_CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.springframework..",
                            "java.sql..",
                            "javax.sql..",
                            "com.fasterxml..",
                            "tools.jackson..",
                            "org.slf4j..",
                            "org.apache.logging..",
                            "java.util.logging..")
                    .because("the core is ordinary Java, run and tested without a cluster, a database or a logger"),
            noClasses()
                    .that()
                    .resideInAnyPackage(PURE_CORE)
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.(Random|SplittableRandom|Timer)"
                            + "|java\\.security\\.SecureRandom"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                            + "|java\\.time\\.Clock")
                    .because("time is data and nothing is drawn by lot: the same input gives the same answer"),
            noClasses()
                    .that()
                    .resideInAnyPackage(PURE_CORE)
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID")
                    .because("the core reads the time of its input and never a clock"),
            noClasses()
                    .that()
                    .resideInAnyPackage(PURE_CORE)
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.io\\.File.*|java\\.nio\\.file\\..*|java\\.net\\..*")
                    .because("the core gets arguments and says events; files and sockets are the shell's"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..flink..", "io.crossbook.replay..", "io.crossbook.benchmarks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..")
                    .because("Flink is met in packages named flink and in the replay job, nowhere else"),
            noClasses()
                    .that()
                    .resideInAPackage("io.crossbook.matching..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.crossbook.pnl..")
                    .because("the matcher knows events, not what they earn"),
            noClasses()
                    .that()
                    .resideInAPackage("io.crossbook.pnl..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.crossbook.matching..")
                    .because("the ledger knows events, not how they came about"),
            noClasses()
                    .that()
                    .resideInAPackage("io.crossbook.model..")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("io\\.crossbook\\.(?!model\\.).*")
                    .because("every module speaks the model's words, so the model depends on none"),
            noClasses()
                    .that()
                    .resideInAnyPackage("io.crossbook.matching..", "io.crossbook.pnl..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.crossbook.store..", "io.crossbook.replay..", "io.crossbook.cli..")
                    .because("an operator never asks the store and never knows the job it runs in"),
            noClasses()
                    .that()
                    .resideInAPackage("io.crossbook.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.springframework..",
                            "io.crossbook.matching..",
                            "io.crossbook.pnl..",
                            "io.crossbook.replay..")
                    .because("the store is plain java.sql behind the job, the clearing and the API alike"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.crossbook.store..", "io.crossbook.replay..")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.sql\\.(.*Statement|ResultSet.*)|org\\.postgresql\\..*|org\\.flywaydb\\..*")
                    .because(
                            "every SQL statement has its home in the store; others only open connections and hand them on"),
            noClasses()
                    .that()
                    .resideInAPackage("io.crossbook.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.springframework..",
                            "io.crossbook.matching..",
                            "io.crossbook.pnl..")
                    .because("the command starts programs, each with a class path of its own"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.crossbook.clearing..", "io.crossbook.api..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..")
                    .because("Spring and Flink never share a class path"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.crossbook.testkit..", "io.crossbook.benchmarks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.crossbook.testkit..", "org.junit..", "org.assertj..", "com.tngtech.archunit..")
                    .because("what tests share is never shipped"),
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.esotericsoftware..")
                    .because("bytes have codecs of our own; Kryo is not let in unnoticed"));

    private ArchitectureRules() {}

    /**
     * Checks the shipped classes of a module, those of its packages and below.
     *
     * @throws AssertionError naming each class that breaks a rule, and why the rule stands
     */
    public static void check(String... packages) {
        JavaClasses shipped = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
        if (shipped.isEmpty()) {
            throw new AssertionError("no classes in " + String.join(", ", packages));
        }
        ALL.forEach(rule -> rule.allowEmptyShould(true).check(shipped));
    }
}
