package io.crossbook.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run keeps between attempts, below {@code <data-dir>/runs/<run-id>}: the request, the checkpoints, the spools,
 * and a mark once the job is through. One process at a time holds it.
 */
final class RunDirectory implements AutoCloseable {
    private static final String CHECKPOINT_PREFIX = "chk-";

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private RunDirectory(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the run's directory, made if need be.
     *
     * @return empty if another process holds it
     */
    static Optional<RunDirectory> take(Path dataDir, String runId) throws IOException {
        Path root = dataDir.resolve("runs").resolve(runId);
        Files.createDirectories(root);
        FileChannel lockFile =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock();
        if (lock == null) {
            lockFile.close();
            return Optional.empty();
        }
        return Optional.of(new RunDirectory(root, lockFile, lock));
    }

    Path request() {
        return root.resolve("request.json");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path spools() {
        return root.resolve("spool");
    }

    /** Flink's own scratch space. */
    Path temporary() {
        return root.resolve("tmp");
    }

    Path root() {
        return root;
    }

    boolean jobIsThrough() {
        return Files.exists(root.resolve("job-done"));
    }

    void markJobThrough() throws IOException {
        Files.writeString(root.resolve("job-done"), "");
    }

    /** The exit code of a run that came to its end. */
    Optional<Integer> finishedWith() throws IOException {
        Path code = root.resolve("exit-code");
        return Files.exists(code) ? Optional.of(Integer.valueOf(Files.readString(code))) : Optional.empty();
    }

    void markFinished(int exitCode) throws IOException {
        Files.writeString(root.resolve("exit-code"), Integer.toString(exitCode));
    }

    /** How often an attempt was started. */
    int countAttempt() throws IOException {
        Path attempts = root.resolve("attempts");
        int before = Files.exists(attempts)
                ? Integer.parseInt(Files.readString(attempts).trim())
                : 0;
        Files.writeString(attempts, Integer.toString(before + 1));
        return before + 1;
    }

    /** The newest complete checkpoint. Numbers go on over attempts, so the highest is the newest. */
    Optional<Path> newestCheckpoint() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.walk(checkpoints(), 2)) {
            return found.filter(path -> path.getFileName().toString().startsWith(CHECKPOINT_PREFIX))
                    .filter(path -> Files.exists(path.resolve("_metadata")))
                    .max(Comparator.comparingLong(RunDirectory::checkpointNumber));
        }
    }

    private static long checkpointNumber(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT_PREFIX.length()));
    }

    /** Where the run is told to leave its state when it is stopped. */
    Path savepoints() {
        return root.resolve("savepoints");
    }

    /** The state that was complete last: a checkpoint, or what was left when the run was stopped. */
    Optional<Path> newestState() throws IOException {
        Optional<Path> checkpoint = newestCheckpoint();
        Optional<Path> savepoint = Optional.empty();
        if (Files.isDirectory(savepoints())) {
            try (Stream<Path> found = Files.list(savepoints())) {
                savepoint = found.filter(path -> Files.exists(path.resolve("_metadata")))
                        .max(Comparator.comparing(RunDirectory::completedAt));
            }
        }
        return Stream.concat(checkpoint.stream(), savepoint.stream())
                .max(Comparator.comparing(RunDirectory::completedAt));
    }

    private static FileTime completedAt(Path state) {
        try {
            return Files.getLastModifiedTime(state.resolve("_metadata"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot look at " + state, unreadable);
        }
    }

    /** Forgets everything but the lock. */
    void clear() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(path -> !path.endsWith("lock")).toList()) {
                delete(entry);
            }
        }
    }

    /** Drops what only a resume would need. */
    void dropWorkingState() throws IOException {
        delete(checkpoints());
        delete(savepoints());
        delete(spools());
        try {
            delete(temporary());
        } catch (DirectoryNotEmptyException stillInUse) {
            // Flink may put something down while it ends; the process is about to end too, and the next one clears up.
        }
    }

    /** Removes a folder with all that is in it; what somebody else removes meanwhile is gone all the same. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException unreleased) {
            throw new UncheckedIOException("cannot release " + root.resolve("lock"), unreleased);
        }
    }
}
