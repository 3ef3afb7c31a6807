package io.crossbook.replay.input;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Real data that is not part of the product: beside the repository, or where {@code crossbook.data} says. */
public final class RealData {
    private RealData() {}

    /** The file, or a skipped test with the reason printed. */
    public static Path file(String name) {
        Path path = Path.of(System.getProperty("crossbook.data", "../../../shared/data"), name);
        boolean there = Files.isReadable(path);
        if (!there) {
            System.out.println("skipped: no real data at " + path + "; set -Dcrossbook.data");
        }
        assumeTrue(there, () -> "no real data at " + path);
        return path;
    }

    public static List<String> lines(Path gzip) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
