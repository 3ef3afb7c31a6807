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
 * instrument: a sort that compares a row with the one before it. They wait in memory up to a number of bytes, and in a
 * temporary file beyond.
 *
 * <p>The few that are out of order wait aside. Nearly all of them came early, put by the server where an older page had
 * room for them; that shows when the next row has a smaller key, and the early ones are then taken back.
 */
final class InstrumentLines implements Closeable {
    private static final int FIRST_CAPACITY = 1024;

    /** A few pages of rows: of a row that is behind more than these, it is itself that is out of place. */
    private static final int MOST_EARLY = 256;

    /** Of an instrument's lines, at most this part stays in memory when the others go: it may still be taken back. */
    private static final int PART_KEPT = 8;

    private final CopiedLines rows;
    private final int mostBytesInMemory;
    private final FileChannel spill;
    private final Map<String, Lines> byInstrument = new HashMap<>();
    private byte[] instrument = new byte[0];
    private Lines lines;
    private long bytesInMemory;
    private long bytesAside;

    /** The lines of one instrument: those in the temporary file, what follows them, and those out of order. */
    private static final class Lines {
        private final byte[] name;
        private final long[] lastKey;
        private final List<Block> blocks = new ArrayList<>();
        private final List<Aside> aside = new ArrayList<>();
        /** Each line behind its key and its length, and before the length of all these, to be read from both ends. */
        private ByteBuffer waiting = ByteBuffer.allocate(FIRST_CAPACITY);

        private Lines(byte[] name, int keys) {
            this.name = name;
            this.lastKey = new long[keys];
            Arrays.fill(lastKey, Long.MIN_VALUE);
        }
    }

    private record Block(long at, int length) {}

    private record Aside(long[] key, byte[] line) {}

    /**
     * Begins a file's lines.
     *
     * @param rows what makes lines of rows; the first column is the instrument, the keys ascend within one
     * @param folder where the temporary file goes
     * @param mostBytesInMemory of the lines in order, and again of those that are not
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

    /** Adds a row, or says that too many are out of order. */
    boolean add(byte[] row) throws IOException {
        rows.read(row);
        if (row.length <= instrument.length
                || row[instrument.length] != '\t'
                || !Arrays.equals(row, 0, instrument.length, instrument, 0, instrument.length)) {
            enter(row);
        }
        long[] key = rows.key();
        if (Arrays.compare(key, lines.lastKey) > 0 || takeBackEarly(key)) {
            System.arraycopy(key, 0, lines.lastKey, 0, key.length);
            append(key);
        } else {
            putAside(key.clone(), rows.line(), 0, rows.length());
        }
        if (bytesInMemory >= mostBytesInMemory) {
            spill();
        }
        return bytesAside <= mostBytesInMemory;
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

    /** Takes back the last lines with keys from this one on, or says that there is no end to them. */
    private boolean takeBackEarly(long[] key) {
        ByteBuffer waiting = lines.waiting;
        int end = waiting.position();
        int cut = end;
        for (int early = 0; cut > 0 && compareKeyAt(startOfLineBefore(waiting, cut), key) >= 0; early++) {
            if (early == MOST_EARLY) {
                return false;
            }
            cut = startOfLineBefore(waiting, cut);
        }
        if (cut == 0 && !lines.blocks.isEmpty()) {
            return false;
        }
        for (int at = cut; at < end; ) {
            int line = at + headBytes();
            int length = waiting.getInt(line - Integer.BYTES);
            putAside(keyAt(at), waiting.array(), line, length);
            at = line + length + Integer.BYTES;
        }
        waiting.position(cut);
        bytesInMemory -= end - cut;
        return true;
    }

    private static int startOfLineBefore(ByteBuffer waiting, int at) {
        return at - waiting.getInt(at - Integer.BYTES);
    }

    private int compareKeyAt(int at, long[] key) {
        return Arrays.compare(keyAt(at), key);
    }

    private long[] keyAt(int at) {
        long[] key = new long[rows.key().length];
        for (int i = 0; i < key.length; i++) {
            key[i] = lines.waiting.getLong(at + Long.BYTES * i);
        }
        return key;
    }

    private int headBytes() {
        return Long.BYTES * rows.key().length + Integer.BYTES;
    }

    private void putAside(long[] key, byte[] from, int at, int length) {
        lines.aside.add(new Aside(key, Arrays.copyOfRange(from, at, at + length)));
        bytesAside += length;
    }

    private void append(long[] key) {
        int count = headBytes() + rows.length() + Integer.BYTES;
        if (lines.waiting.remaining() < count) {
            ByteBuffer larger = ByteBuffer.allocate(2 * lines.waiting.capacity() + count);
            lines.waiting = larger.put(lines.waiting.flip());
        }
        for (long part : key) {
            lines.waiting.putLong(part);
        }
        lines.waiting.putInt(rows.length()).put(rows.line(), 0, rows.length()).putInt(count);
        bytesInMemory += count;
    }

    private void spill() throws IOException {
        bytesInMemory = 0;
        for (Lines each : byInstrument.values()) {
            int end = each.waiting.position();
            if (end > 0) {
                int cut = end;
                while (end - startOfLineBefore(each.waiting, cut) <= end / PART_KEPT) {
                    cut = startOfLineBefore(each.waiting, cut);
                }
                spill(each, cut);
            }
            bytesInMemory += each.waiting.position();
        }
    }

    private void spill(Lines of, int count) throws IOException {
        of.blocks.add(new Block(spill.position(), count));
        ByteBuffer kept = of.waiting.flip().duplicate().position(count);
        of.waiting.limit(count);
        while (of.waiting.hasRemaining()) {
            spill.write(of.waiting);
        }
        of.waiting = ByteBuffer.allocate(kept.remaining() + FIRST_CAPACITY).put(kept);
    }

    /** Writes all lines, by the UTF-8 bytes of the instrument and by their keys. */
    void writeTo(RunFiles files, RunFile file) throws IOException {
        List<Lines> sorted = byInstrument.values().stream()
                .sorted((one, other) -> Arrays.compareUnsigned(one.name, other.name))
                .toList();
        for (Lines each : sorted) {
            each.aside.sort((one, other) -> Arrays.compare(one.key(), other.key()));
            Deque<Aside> aside = new ArrayDeque<>(each.aside);
            for (Block block : each.blocks) {
                write(read(block), aside, files, file);
            }
            write(each.waiting.flip(), aside, files, file);
            for (Aside last : aside) {
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

    private void write(ByteBuffer inOrder, Deque<Aside> aside, RunFiles files, RunFile file) throws IOException {
        long[] key = new long[rows.key().length];
        while (inOrder.hasRemaining()) {
            for (int i = 0; i < key.length; i++) {
                key[i] = inOrder.getLong();
            }
            int count = inOrder.getInt();
            for (Aside next = aside.peek(); next != null && Arrays.compare(next.key(), key) < 0; next = aside.peek()) {
                files.append(file, next.line(), 0, next.line().length);
                aside.remove();
            }
            files.append(file, inOrder.array(), inOrder.position(), count);
            inOrder.position(inOrder.position() + count + Integer.BYTES);
        }
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
