package io.crossbook.cli.serve;

import io.crossbook.cli.console.UsageException;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What former starts left in a data directory: the embedded servers with all they hold, the runs and their states. Only what we
 * know by its lock file is ever removed; the folder may hold other things of its owner.
 */
record FormerState(Path dataDir) {
    private static final List<String> OURS = List.of("requests", "api", "publish.log", "current-runs.json");

    /**
     * Removes it.
     *
     * @throws UsageException if something runs there
     */
    void remove() {
        try {
            removeAll();
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "--fresh: " + dataDir + " cannot be cleared: " + failed.getMessage(), failed);
        }
    }

    private void removeAll() throws IOException {
        refuseWhatRuns();
        removePostgres();
        if (Files.exists(dataDir.resolve("kafka/lock"))) {
            delete(dataDir.resolve("kafka"));
        }
        for (Path run : runs()) {
            delete(run);
        }
        for (String name : OURS) {
            delete(dataDir.resolve(name));
        }
    }

    private void refuseWhatRuns() throws IOException {
        List<Path> locks =
                new ArrayList<>(List.of(dataDir.resolve("postgres/users.lock"), dataDir.resolve("kafka/lock")));
        runs().forEach(run -> locks.add(run.resolve("lock")));
        for (Path lock : locks) {
            if (isHeld(lock)) {
                throw new UsageException("--fresh: something runs in " + dataDir + ": " + lock
                        + " is held; stop it, or give" + " another --data-dir");
            }
        }
    }

    private static boolean isHeld(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine == null;
        }
    }

    private List<Path> runs() throws IOException {
        Path folder = dataDir.resolve("runs");
        List<Path> runs = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (Files.exists(entry.resolve("lock"))) {
                        runs.add(entry);
                    }
                }
            }
        }
        return runs;
    }

    /** The server may still run after its last user was killed, and where it cannot enter the data directory it lives elsewhere. */
    private void removePostgres() throws IOException {
        Path locks = dataDir.resolve("postgres");
        if (Files.exists(locks.resolve("users.lock"))) {
            Optional<Path> home = homeOfStoppedServer();
            if (home.isPresent()) {
                delete(home.get());
            }
            delete(locks);
        }
    }

    private Optional<Path> homeOfStoppedServer() {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(dataDir, 0)) {
            return Optional.of(server.folder());
        } catch (IOException doesNotStart) {
            // Then nothing of it runs, and a fresh start is the very thing it needs.
            return Optional.empty();
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
