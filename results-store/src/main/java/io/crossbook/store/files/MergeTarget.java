package io.crossbook.store.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Where merged bytes go, one file after the other: to the file, and for some files into a hash as well, which a second thread
 * takes of the same memory while the next bytes are read.
 *
 * <p>One buffer is filled while the other is hashed; both are small, so that bytes stay in the processor's cache from
 * reading to writing and hashing.
 */
final class MergeTarget implements WritableByteChannel {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final MessageDigest digest = RunHash.sha256();
    private final ExecutorService hashing = Executors.newSingleThreadExecutor(MergeTarget::thread);
    private ByteBuffer filling = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private ByteBuffer resting = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private Future<?> restingIsHashed = CompletableFuture.completedFuture(null);
    private @Nullable FileChannel file;
    private boolean isHashed;

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "hash of the run");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Ends the file before and begins the next.
     *
     * @param next the file, which holds its header already
     * @param header that header, for the hash; {@code null} if the file has no part in it
     */
    void begin(FileChannel next, byte @Nullable [] header) throws IOException {
        flush();
        file = next;
        isHashed = header != null;
        if (header != null) {
            hashing.execute(() -> digest.update(header));
        }
    }

    /** Room for the next bytes of the file, at least one and at most so many; the caller fills it at once. */
    ByteBuffer reserve(int most) throws IOException {
        if (!filling.hasRemaining()) {
            flush();
        }
        int count = Math.min(most, filling.remaining());
        ByteBuffer room = filling.slice(filling.position(), count);
        filling.position(filling.position() + count);
        return room;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            ByteBuffer room = reserve(bytes.remaining());
            int part = room.remaining();
            room.put(bytes.slice(bytes.position(), part));
            bytes.position(bytes.position() + part);
        }
        return count;
    }

    /** Ends the last file and returns the hash, as 64 hexadecimal digits. */
    String finish() throws IOException {
        flush();
        awaitHash();
        return HexFormat.of().formatHex(digest.digest());
    }

    private void flush() throws IOException {
        if (file != null) {
            PendingFiles.writeFully(file, filling.flip());
        }
        awaitHash();
        if (isHashed) {
            ByteBuffer full = filling.rewind();
            restingIsHashed = hashing.submit(() -> digest.update(full));
        }
        ByteBuffer free = resting;
        resting = filling;
        filling = free.clear();
    }

    private void awaitHash() throws IOException {
        try {
            restingIsHashed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the run was hashed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the hash of the run failed", e.getCause());
        }
    }

    @Override
    public boolean isOpen() {
        return !hashing.isShutdown();
    }

    /** Ends the second thread; the file is the caller's. */
    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
