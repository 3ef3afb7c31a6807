package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the script builds and what it says, in a checkout of its own whose {@code mvnw} and {@code java} are small scripts that
 * leave a trace.
 */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo "openjdk version \\"${FAKE_RELEASE:-17.0.9}\\"" >&2; exit 0; fi
            echo "ran from $PWD: $*"
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo built >> builds
            mkdir -p crossbook-cli/target/lib jobs/replay/target/lib jobs/broker/target/lib jobs/clearing/target/lib query-api/target/lib
            [ ! -e broken ] || { echo "does not compile"; exit 1; }
            touch crossbook-cli/target/crossbook-cli.jar jobs/replay/target/replay.jar jobs/broker/target/broker.jar \\
              jobs/clearing/target/clearing.jar query-api/target/query-api.jar
            """;

    @TempDir
    private Path temporary;

    private Path checkout;

    @BeforeEach
    void aCheckout() throws IOException {
        checkout = Files.createDirectory(temporary.resolve("my checkout"));
        Files.copy(Installation.ofProcess().root().resolve("crossbook"), checkout.resolve("crossbook"));
        script("mvnw", MAVEN);
        script("jdk/bin/java", JAVA);
        script("jdk/bin/javac", "#!/bin/sh\n");
        script("crossbook", Files.readString(checkout.resolve("crossbook")));
        Files.createDirectories(checkout.resolve("market-model/src/main/java"));
        Files.writeString(source(), "class A {}");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    }

    @Test
    void buildsOnFirstUseAndRunsInTheFolderOfTheCaller() throws Exception {
        Ended first = crossbook("verify", "a b");
        assertThat(first.exitCode).isZero();
        assertThat(first.err).contains("building on first use").contains("built in");
        assertThat(first.out)
                .startsWith("ran from " + temporary.toRealPath() + ":")
                .endsWith("crossbook-cli/target/crossbook-cli.jar verify a b\n");
        Ended second = crossbook("--version");
        assertThat(second.err).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerThanThePrograms() throws Exception {
        crossbook();
        Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(crossbook().err).contains("sources are newer");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void showsTheLogOfABuildThatFailed() throws Exception {
        Files.createFile(checkout.resolve("broken"));
        Ended failed = crossbook();
        assertThat(failed.exitCode).isEqualTo(ExitCode.INTERNAL);
        assertThat(failed.out).isEmpty();
        assertThat(failed.err)
                .contains("does not compile")
                .contains("the build failed")
                .contains("crossbook-build.log");
        Files.delete(checkout.resolve("broken"));
        assertThat(crossbook().exitCode).isZero();
    }

    @Test
    void buildsOnceForTwoThatStartTogether() throws Exception {
        List<Process> together = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            together.add(start("out" + i));
        }
        for (Process process : together) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void takesOverTheLockOfABuildThatDied() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve("target/crossbook-build.lock"));
        Files.writeString(checkout.resolve("target/crossbook-build.lock/pid"), dead.pid() + "\n");
        assertThat(crossbook().exitCode).isZero();
    }

    @Test
    void refusesAnOldJavaWithTheWayOut() throws Exception {
        ProcessBuilder builder = builder("old", "--version");
        builder.environment().put("FAKE_RELEASE", "1.8.0_412");
        Ended refused = ended("old", builder.start());
        assertThat(refused.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err).contains("Java 17 or newer is needed").contains("is Java 8");
    }

    private Path source() {
        return checkout.resolve("market-model/src/main/java/A.java");
    }

    private long builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    private void script(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended crossbook(String... arguments) throws Exception {
        return ended("one", start("one", arguments));
    }

    private Process start(String streams, String... arguments) throws IOException {
        return builder(streams, arguments).start();
    }

    private ProcessBuilder builder(String streams, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("crossbook").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectOutput(temporary.resolve(streams + ".out").toFile())
                .redirectError(temporary.resolve(streams + ".err").toFile());
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        builder.environment().remove("CROSSBOOK_BUILD");
        return builder;
    }

    private Ended ended(String streams, Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(temporary.resolve(streams + ".out")),
                Files.readString(temporary.resolve(streams + ".err")));
    }

    private record Ended(int exitCode, String out, String err) {}
}
