package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.store.files.RunHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled datasets give the results that stand beside them; a change of behaviour shows there as a diff. */
class DatasetsIT {
    @TempDir
    Path home;

    @Test
    void theDemoDayGivesItsFilesAndTheHashInTheReadme() throws Exception {
        Runs.Outcome outcome = Runs.run(new Runs(home).demo("demo"));
        assertThat(outcome.exitCode()).isZero();
        Path expected = Runs.REPOSITORY.resolve("datasets/demo-day/expected");
        for (String line : Files.readAllLines(expected.resolve("SHA256SUMS"))) {
            String[] parts = line.split(" +");
            assertThat(sha256(outcome.out().resolve(parts[1]))).as(parts[1]).isEqualTo(parts[0]);
        }
        assertSameFiles(expected, outcome.out());
        assertThat(Files.readString(Runs.REPOSITORY.resolve("README.md"))).contains(RunHash.of(outcome.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "fifo-check"})
    void aSmallDatasetGivesItsFiles(String name) throws Exception {
        Path folder = Runs.REPOSITORY.resolve("datasets").resolve(name);
        Runs.Outcome outcome = Runs.run(new Runs(home).of(name, csvFiles(folder).toArray(Path[]::new)));
        assertThat(outcome.exitCode()).isZero();
        assertSameFiles(folder.resolve("expected"), outcome.out());
    }

    private static void assertSameFiles(Path expected, Path out) throws Exception {
        List<Path> files = csvFiles(expected);
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(out.resolve(file.getFileName())).hasSameTextualContentAs(file);
        }
    }

    private static List<Path> csvFiles(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
