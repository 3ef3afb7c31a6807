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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of a file that come mixed but for each instrument in their order, and leave instrument by instrument: a sort
 * that compares no rows. They wait in memory up to a number of bytes, and in a temporary file beyond.
 */
final class InstrumentLines implements Closeable {
    private static final int FIRST_CAPACITY = 1024;
    private static final int READ_BYTES = 64 * 1024;

    private final CopiedLines rows;
    private final int mostBytesInMemory;
    private final FileChannel spill;
    private final Map<String, Lines> byInstrument = new HashMap<>();
    private byte[] instrument = new byte[0];
    private Lines lines;
    private int bytesInMemory;

    /** The lines of one instrument: blocks of the temporary file, each a place and a length, and what follows them. */
    private static final class Lines {
        private final byte[] name;
        private final long[] lastKey;
        private long[] blocks = new long[8];
        private int blocksUsed;
        private byte[] waiting = new byte[FIRST_CAPACITY];
        private int length;

        private Lines(byte[] name, int keys) {
            this.name = name;
            this.lastKey = new long[keys];
            Arrays.fill(lastKey, Long.MIN_VALUE);
        }
    }

    /**
     * Begins a file's lines.
     *
     * @param rows what makes lines of rows; the first column is the instrument, the keys ascend within one
     * @param folder where the temporary file goes
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

    /** Adds a row, or says that it comes too late: its instrument has a row with the same or a higher key. */
    boolean add(byte[] row) throws IOException {
        rows.read(row);
        if (row.length <= instrument.length
                || row[instrument.length] != '\t'
                || !Arrays.equals(row, 0, instrument.length, instrument, 0, instrument.length)) {
            enter(row);
        }
        if (Arrays.compare(rows.key(), lines.lastKey) <= 0) {
            return false;
        }
        System.arraycopy(rows.key(), 0, lines.lastKey, 0, lines.lastKey.length);
        int count = rows.length();
        if (lines.waiting.length - lines.length < count) {
            lines.waiting = Arrays.copyOf(lines.waiting, 2 * lines.waiting.length + count);
        }
        System.arraycopy(rows.line(), 0, lines.waiting, lines.length, count);
        lines.length += count;
        bytesInMemory += count;
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

    private void spill() throws IOException {
        for (Lines each : byInstrument.values()) {
            if (each.length > 0) {
                spill(each);
            }
        }
        bytesInMemory = 0;
    }

    private void spill(Lines of) throws IOException {
        if (of.blocksUsed == of.blocks.length) {
            of.blocks = Arrays.copyOf(of.blocks, 2 * of.blocksUsed);
        }
        of.blocks[of.blocksUsed++] = spill.size();
        of.blocks[of.blocksUsed++] = of.length;
        spill.position(spill.size());
        ByteBuffer bytes = ByteBuffer.wrap(of.waiting, 0, of.length);
        while (bytes.hasRemaining()) {
            spill.write(bytes);
        }
        of.waiting = new byte[FIRST_CAPACITY];
        of.length = 0;
    }

    /** Writes all lines, by the UTF-8 bytes of the instrument. */
    void writeTo(RunFiles files, RunFile file) throws IOException {
        List<Lines> sorted = byInstrument.values().stream()
                .sorted((one, other) -> Arrays.compareUnsigned(one.name, other.name))
                .toList();
        byte[] buffer = new byte[READ_BYTES];
        for (Lines each : sorted) {
            for (int block = 0; block < each.blocksUsed; block += 2) {
                copy(each.blocks[block], each.blocks[block + 1], buffer, files, file);
            }
            files.append(file, each.waiting, each.length);
        }
    }

    private void copy(long from, long count, byte[] buffer, RunFiles files, RunFile file) throws IOException {
        for (long at = from, end = from + count; at < end; ) {
            int read = spill.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - at)), at);
            if (read < 0) {
                throw new EOFException("the temporary file of an export ends after " + at + " bytes");
            }
            files.append(file, buffer, read);
            at += read;
        }
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
