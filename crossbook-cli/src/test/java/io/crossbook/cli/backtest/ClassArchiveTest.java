package io.crossbook.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run of a build writes the archive, later ones start from it, and none from that of another build. */
class ClassArchiveTest {
    private static final String WRITE = "-Dcrossbook.class-archive=";
    private static final String START_FROM = "-XX:SharedArchiveFile=";

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(folder.resolve("replay.jar"), "a program");
    }

    @Test
    void isWrittenByTheFirstRunAndUsedByTheNext() throws IOException {
        run();

        assertThat(ClassArchive.of(jar).options().get(0)).startsWith(START_FROM);
        assertThat(files()).hasSize(2);
    }

    @Test
    void isNotThatOfAnotherBuild() throws IOException {
        run();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_700_000_000_000L));

        assertThat(ClassArchive.of(jar).options().get(0)).startsWith(WRITE);
        run();
        assertThat(files()).as("the one of the earlier build is gone").hasSize(2);
    }

    @Test
    void isNotWhatABrokenRunLeft() throws IOException {
        ClassArchive archive = ClassArchive.of(jar);
        Files.writeString(draft(archive), "half of");
        archive.drop();

        assertThat(files()).containsExactly(jar);
        assertThat(ClassArchive.of(jar).options().get(0)).startsWith(WRITE);
    }

    @Test
    void isNotMissedWhenARunWroteNone() throws IOException {
        ClassArchive archive = ClassArchive.of(jar);
        archive.keep();
        archive.drop();

        assertThat(files()).containsExactly(jar);
    }

    private void run() throws IOException {
        ClassArchive archive = ClassArchive.of(jar);
        Files.writeString(draft(archive), "classes");
        archive.keep();
        archive.drop();
    }

    private static Path draft(ClassArchive archive) {
        String option = archive.options().get(0);
        assertThat(option).startsWith(WRITE);
        return Path.of(option.substring(WRITE.length()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
