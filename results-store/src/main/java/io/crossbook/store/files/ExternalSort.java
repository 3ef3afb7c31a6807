package io.crossbook.store.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts lines by keys of bytes in bounded memory: what exceeds it is sorted and set aside in files, which are merged at the
 * end. Lines with equal keys keep the order in which they came.
 */
final class ExternalSort implements Closeable {
    static final long DEFAULT_MEMORY_BYTES = 64L * 1024 * 1024;

    /** What an entry costs beside its bytes: two arrays, the entry, its place in the list. */
    private static final int ENTRY_BYTES = 80;

    private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key, Arrays::compareUnsigned);

    private final Path folder;
    private final long memoryBytes;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private long heldBytes;

    private record Entry(byte[] key, byte[] line) {}

    /** A sorted run on its way into the merge. */
    private static final class Run implements Closeable {
        final int number;
        private final DataInputStream in;

        @Nullable
        Entry head;

        Run(int number, Path path) throws IOException {
            this.number = number;
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
        }

        /** Reads the next entry; {@code head} is {@code null} at the end. */
        void advance() throws IOException {
            int keyLength;
            try {
                keyLength = in.readInt();
            } catch (EOFException e) {
                head = null;
                return;
            }
            byte[] key = new byte[keyLength];
            byte[] line = new byte[in.readInt()];
            in.readFully(key);
            in.readFully(line);
            head = new Entry(key, line);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    ExternalSort(Path folder) {
        this(folder, DEFAULT_MEMORY_BYTES);
    }

    /**
     * A sort with nothing in it.
     *
     * @param folder for what is set aside; made when needed and removed by {@link #close}
     */
    ExternalSort(Path folder, long memoryBytes) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
    }

    void add(byte[] key, byte[] line) throws IOException {
        entries.add(new Entry(key, line));
        heldBytes += key.length + line.length + ENTRY_BYTES;
        if (heldBytes > memoryBytes) {
            setAside();
        }
    }

    /** Appends all lines in the order of their keys. */
    void writeTo(WritableByteChannel target) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16);
        if (runs.isEmpty()) {
            entries.sort(BY_KEY);
            for (Entry entry : entries) {
                out.write(entry.line());
            }
        } else {
            setAside();
            mergeTo(out);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
        Files.deleteIfExists(folder);
    }

    private void setAside() throws IOException {
        entries.sort(BY_KEY);
        Files.createDirectories(folder);
        Path run = folder.resolve("run-" + runs.size());
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
            for (Entry entry : entries) {
                out.writeInt(entry.key().length);
                out.writeInt(entry.line().length);
                out.write(entry.key());
                out.write(entry.line());
            }
        }
        entries.clear();
        heldBytes = 0;
    }

    private void mergeTo(OutputStream out) throws IOException {
        PriorityQueue<Run> heads = new PriorityQueue<>(
                Comparator.comparing((Run run) -> run.head, BY_KEY).thenComparingInt(run -> run.number));
        List<Run> opened = new ArrayList<>();
        try {
            for (int i = 0; i < runs.size(); i++) {
                Run run = new Run(i, runs.get(i));
                opened.add(run);
                run.advance();
                requeue(heads, run);
            }
            while (!heads.isEmpty()) {
                Run run = heads.remove();
                out.write(run.head.line());
                run.advance();
                requeue(heads, run);
            }
        } finally {
            for (Run run : opened) {
                run.close();
            }
        }
    }

    private static void requeue(PriorityQueue<Run> heads, Run run) {
        if (run.head != null) {
            heads.add(run);
        }
    }
}
