package io.crossbook.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells whether other processes use the same server. Each holds a shared lock on {@code users.lock}; the kernel takes it
 * back from one that dies. Whoever starts or stops the server holds {@code start.lock} alone meanwhile.
 *
 * <p>File locks belong to the whole JVM, so one instance stands for the JVM; {@link EmbeddedPostgres} sees to that.
 */
final class SharedUse implements AutoCloseable {
    private final FileChannel users;
    private FileLock lock;

    private SharedUse(FileChannel users, FileLock lock) {
        this.users = users;
        this.lock = lock;
    }

    /** Waits until no other process starts or stops the server, and keeps it so until closed. */
    static Turn awaitTurn(Path folder) throws IOException {
        FileChannel channel = open(folder.resolve("start.lock"));
        try {
            channel.lock();
            return new Turn(folder, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        users.close();
    }

    /** The right to start or stop the server, and with it to join or leave its users. */
    record Turn(Path folder, FileChannel channel) implements AutoCloseable {
        SharedUse join() throws IOException {
            FileChannel users = open(folder.resolve("users.lock"));
            try {
                return new SharedUse(users, users.lock(0, Long.MAX_VALUE, true));
            } catch (IOException | RuntimeException failed) {
                users.close();
                throw failed;
            }
        }

        /** Gives up a use and tells whether nobody else is left. */
        boolean leaveAsLast(SharedUse use) throws IOException {
            use.lock.release();
            FileLock alone = use.users.tryLock();
            if (alone == null) {
                return false;
            }
            use.lock = alone;
            return true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
