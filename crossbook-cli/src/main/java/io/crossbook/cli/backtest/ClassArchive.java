package io.crossbook.cli.backtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a program as the virtual machine laid them out in an earlier run (application class data sharing). Flink
 * has some eleven thousand of them, and reading them out of their jars is most of a short run.
 *
 * <p>The first run after a build writes the archive when it ends, later ones start from it. It lies beside the program's
 * jar and is named after what it was made from, so one of another build or another Java is never used.
 */
final class ClassArchive {
    private static final String ENDING = ".jsa";
    /** Names the file that the program writes its classes to. */
    private static final String DRAFT_PROPERTY = "-Dcrossbook.class-archive=";

    /** What cannot be archived is of no interest to anybody. */
    private static final List<String> QUIET = List.of("-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");

    private final Path folder;
    private final String prefix;
    private final Path archive;
    private final Path draft;

    private ClassArchive(Path jar, long builtAt) {
        folder = jar.toAbsolutePath().getParent();
        prefix = jar.getFileName() + "-";
        int machine = (System.getProperty("java.vm.version") + System.getProperty("java.home")).hashCode();
        archive = folder.resolve(prefix + Long.toHexString(builtAt) + "-" + Integer.toHexString(machine) + ENDING);
        draft = folder.resolve(
                prefix + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
    }

    /** The archive of the program in a jar, there or not. */
    static ClassArchive of(Path jar) {
        try {
            return new ClassArchive(jar, Files.getLastModifiedTime(jar).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + jar, e);
        }
    }

    /** What to tell the virtual machine: to start from the archive, or else to write it when the run has come to its end. */
    List<String> options() {
        if (Files.exists(archive)) {
            return options("-XX:SharedArchiveFile=" + archive);
        }
        return Files.isWritable(folder) ? options(DRAFT_PROPERTY + draft, "-XX:+RecordDynamicDumpInfo") : List.of();
    }

    /** The same for a program that is not to write it. */
    List<String> optionsIfThere() {
        return Files.exists(archive) ? options() : List.of();
    }

    private static List<String> options(String... options) {
        return Stream.concat(Stream.of(options), QUIET.stream()).toList();
    }

    /** Takes over what a run wrote that came to its end, in the place of those of earlier builds. */
    void keep() {
        try {
            if (Files.exists(draft)) {
                try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, prefix + "*" + ENDING)) {
                    for (Path each : earlier) {
                        Files.deleteIfExists(each);
                    }
                }
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException without) {
            // The next run starts as this one did.
        }
    }

    /** Removes what a run wrote that did not come to its end. */
    void drop() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException stays) {
            // Nobody reads it.
        }
    }
}
