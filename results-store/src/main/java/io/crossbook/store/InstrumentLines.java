package io.crossbook.store;

import io.crossbook.store.files.CopiedLines;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFiles;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of a file that come mixed but, save a few, for each instrument in their order, and leave instrument by
 * instrument: a sort that compares a row with the one before it only. They wait in memory up to a number of bytes, and
 * in a temporary file beyond; the few that come late wait in memory.
 */
final class InstrumentLines implements Closeable {
    private static final int FIRST_CAPACITY = 1024;

    private final CopiedLines rows;
    private final int mostBytesInMemory;
    private final FileChannel spill;
    private final Map<String, Lines> byInstrument = new HashMap<>();
    private byte[] instrument = new byte[0];
    private Lines lines;
    private long bytesInMemory;
    private long bytesOfLate;

    /** The lines of one instrument: those in the temporary file, what follows them, and those that came late. */
    private static final class Lines {
        private final byte[] name;
        private final long[] lastKey;
        private final List<Block> blocks = new ArrayList<>();
        private final List<Late> late = new ArrayList<>();
        /** Each line behind its key and its length. */
        private ByteBuffer waiting = ByteBuffer.allocate(FIRST_CAPACITY);

        private Lines(byte[] name, int keys) {
            this.name = name;
            this.lastKey = new long[keys];
            Arrays.fill(lastKey, Long.MIN_VALUE);
        }
    }

    private record Block(long at, int length) {}

    private record Late(long[] key, byte[] line) {}

    /**
     * Begins a file's lines.
     *
     * @param rows what makes lines of rows; the first column is the instrument, the keys ascend within one
     * @param folder where the temporary file goes
     * @param mostBytesInMemory of the lines in order, and again of those that come late
     */
    InstrumentLines(CopiedLines rows, Path folder, int mostBytesInMemory) throws IOException {
        this.rows = rows;
        this.mostBytesInMemory = mostBytesInMemory;
        this.lines = new Lines(instrument, rows.key().length);
        byInstrument.put("", lines);
        this.spill = FileChannel.open(
                Files.createTempFile(folder, "export", ".part"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Adds a row, or says that too many came late: these rows are in no order. */
    boolean add(byte[] row) throws IOException {
        rows.read(row);
        if (row.length <= instrument.length
                || row[instrument.length] != '\t'
                || !Arrays.equals(row, 0, instrument.length, instrument, 0, instrument.length)) {
            enter(row);
        }
        long[] key = rows.key();
        if (Arrays.compare(key, lines.lastKey) <= 0) {
            lines.late.add(new Late(key.clone(), Arrays.copyOf(rows.line(), rows.length())));
            bytesOfLate += rows.length();
            return bytesOfLate <= mostBytesInMemory;
        }
        System.arraycopy(key, 0, lines.lastKey, 0, key.length);
        append(key);
        if (bytesInMemory >= mostBytesInMemory) {
            spill();
        }
        return true;
    }

    private void enter(byte[] row) {
        int end = 0;
        while (row[end] != '\t') {
            end++;
        }
        instrument = Arrays.copyOf(row, end);
        // As it is on the wire; each byte is a char.
        lines = byInstrument.computeIfAbsent(
                new String(instrument, StandardCharsets.ISO_8859_1),
                wire -> new Lines(rows.firstText(row), rows.key().length));
    }

    private void append(long[] key) {
        int count = Long.BYTES * key.length + Integer.BYTES + rows.length();
        if (lines.waiting.remaining() < count) {
            ByteBuffer larger = ByteBuffer.allocate(2 * lines.waiting.capacity() + count);
            lines.waiting = larger.put(lines.waiting.flip());
        }
        for (long part : key) {
            lines.waiting.putLong(part);
        }
        lines.waiting.putInt(rows.length()).put(rows.line(), 0, rows.length());
        bytesInMemory += count;
    }

    private void spill() throws IOException {
        for (Lines each : byInstrument.values()) {
            if (each.waiting.position() > 0) {
                ByteBuffer block = each.waiting.flip();
                each.blocks.add(new Block(spill.position(), block.limit()));
                while (block.hasRemaining()) {
                    spill.write(block);
                }
                each.waiting = ByteBuffer.allocate(FIRST_CAPACITY);
            }
        }
        bytesInMemory = 0;
    }

    /** Writes all lines, by the UTF-8 bytes of the instrument and by their keys. */
    void writeTo(RunFiles files, RunFile file) throws IOException {
        List<Lines> sorted = byInstrument.values().stream()
                .sorted((one, other) -> Arrays.compareUnsigned(one.name, other.name))
                .toList();
        for (Lines each : sorted) {
            each.late.sort((one, other) -> Arrays.compare(one.key(), other.key()));
            Deque<Late> late = new ArrayDeque<>(each.late);
            for (Block block : each.blocks) {
                write(read(block), late, files, file);
            }
            write(each.waiting.flip(), late, files, file);
            for (Late last : late) {
                files.append(file, last.line(), 0, last.line().length);
            }
        }
    }

    private ByteBuffer read(Block block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(block.length());
        while (bytes.hasRemaining()) {
            if (spill.read(bytes, block.at() + bytes.position()) < 0) {
                throw new EOFException("the temporary file of an export has no " + block);
            }
        }
        return bytes.flip();
    }

    private void write(ByteBuffer inOrder, Deque<Late> late, RunFiles files, RunFile file) throws IOException {
        long[] key = new long[rows.key().length];
        while (inOrder.hasRemaining()) {
            for (int i = 0; i < key.length; i++) {
                key[i] = inOrder.getLong();
            }
            int count = inOrder.getInt();
            for (Late next = late.peek(); next != null && Arrays.compare(next.key(), key) < 0; next = late.peek()) {
                files.append(file, next.line(), 0, next.line().length);
                late.remove();
            }
            files.append(file, inOrder.array(), inOrder.position(), count);
            inOrder.position(inOrder.position() + count);
        }
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
