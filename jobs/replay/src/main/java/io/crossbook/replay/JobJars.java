package io.crossbook.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars of the job that a cluster does not have. */
final class JobJars {
    /** Flink's distribution has all of Flink but its connectors, and what writes the log. */
    private static final Pattern OF_THE_CLUSTER = Pattern.compile("flink-(?!codecs|connector-).*|slf4j-.*|log4j-.*");

    private JobJars() {}

    /** @return files of the jars that this program was started from */
    static String[] ofThisProgram() {
        try {
            Path program = Path.of(JobJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> libraries = Files.list(program.resolveSibling("lib"))) {
                List<Path> needed = libraries
                        .filter(jar -> jar.toString().endsWith(".jar"))
                        .filter(jar -> !OF_THE_CLUSTER
                                .matcher(jar.getFileName().toString())
                                .matches())
                        .sorted()
                        .toList();
                return Stream.concat(Stream.of(program), needed.stream())
                        .map(Path::toString)
                        .toArray(String[]::new);
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failed) {
            throw new UncheckedIOException("the jars of the job cannot be listed", failed);
        }
    }
}
