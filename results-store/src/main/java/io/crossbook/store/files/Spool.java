package io.crossbook.store.files;

import io.crossbook.model.DecimalPool;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderState;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Trade;
import io.crossbook.store.rows.FileRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.TradeRow;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lines of one sink subtask while instruments interleave: one file, appended in blocks of one run file and one
 * instrument each.
 *
 * <p>Rows of one file and instrument must come in the order of the file, and always to the same subtask. Memory is bounded
 * by {@code bufferBytes}, whatever the number of instruments and the length of the run. What was appended after the newest
 * {@link #checkpoint} is cut off when the spool is opened again at it.
 */
public final class Spool implements Closeable {
    /** Memory for lines not yet in the file. */
    public static final int DEFAULT_BUFFER_BYTES = 32 * 1024 * 1024;

    private static final int BLOCK_BYTES = 16 * 1024;
    /** So that the line that fills a block does not make its buffer grow. */
    private static final int BLOCK_CAPACITY = BLOCK_BYTES + 1024;

    private static final RunFile[] FILES = RunFile.values();
    private static final int OUTPUT_BYTES = 256 * 1024;
    private static final String NO_INSTRUMENT = "";

    private final Path path;
    private final FileChannel channel;
    private final long bufferBytes;
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_BYTES);
    private final Map<String, InstrumentLines> byInstrument = new HashMap<>();
    /** Buffers that wait to be used again; they and those in use are as many as fit {@code bufferBytes}. */
    private final ArrayDeque<CsvLines> free = new ArrayDeque<>();

    private final DecimalPool decimals = new DecimalPool();
    private final RowTexts texts = new RowTexts();
    private final CsvLines oneLine = new CsvLines();
    private InstrumentLines newest = new InstrumentLines(NO_INSTRUMENT);
    private CsvLines handedOut = oneLine;
    private int handedOutCapacity = oneLine.capacity();
    private long heldBytes;

    /** The lines of one instrument that are not in the file yet, by {@link RunFile}. */
    private static final class InstrumentLines {
        final String instrument;
        final byte[] key;
        final @Nullable CsvLines[] byFile = new CsvLines[FILES.length];

        InstrumentLines(String instrument) {
            this.instrument = instrument;
            this.key = instrument.getBytes(StandardCharsets.UTF_8);
        }
    }

    private Spool(Path path, FileChannel channel, long bufferBytes) {
        this.path = path;
        this.channel = channel;
        this.bufferBytes = bufferBytes;
    }

    /** Opens a spool with {@link #DEFAULT_BUFFER_BYTES} of memory. */
    public static Spool open(Path folder, int subtask, @Nullable SpoolPosition from) throws IOException {
        return open(folder, subtask, from, DEFAULT_BUFFER_BYTES);
    }

    /**
     * Opens the spool of a subtask.
     *
     * @param from where the newest checkpoint was taken: everything behind it is cut off; {@code null} begins anew
     * @throws IOException if the file is shorter than the checkpoint or no spool
     */
    public static Spool open(Path folder, int subtask, @Nullable SpoolPosition from, long bufferBytes)
            throws IOException {
        Files.createDirectories(folder);
        Path path = path(folder, subtask);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long length = from == null ? 0 : from.length();
            if (channel.size() < length) {
                throw new IOException(path + " has " + channel.size() + " bytes, but its checkpoint covers " + length
                        + "; the run cannot be continued from it");
            }
            channel.truncate(length);
            channel.position(length);
            if (length == 0) {
                PendingFiles.writeFully(channel, ByteBuffer.wrap(SpoolFormat.MAGIC));
            }
            return new Spool(path, channel, bufferBytes);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the spool of a subtask lies. */
    public static Path path(Path folder, int subtask) {
        return folder.resolve("rows-" + subtask + ".spool");
    }

    public Path path() {
        return path;
    }

    public void append(Trade trade, Instrument instrument) throws IOException {
        CsvLines lines = room(RunFile.TRADES, trade.instrument());
        TradeRow.writeFileColumns(trade, instrument, decimals, lines);
        lines.endRow();
    }

    public void append(OrderState order, Instrument instrument) throws IOException {
        CsvLines lines = room(RunFile.ORDERS, order.instrument());
        OrderRow.writeFileColumns(order, instrument, decimals, lines);
        lines.endRow();
    }

    public void append(PnlEvent.Realized realized) throws IOException {
        CsvLines lines = room(RunFile.REALIZED, realized.instrument());
        RealizedRow.writeFileColumns(realized, lines);
        lines.endRow();
    }

    public void append(FileRow row) throws IOException {
        RunFile file = RunFile.of(row);
        if (SpoolFormat.isSorted(file)) {
            row.writeFileColumns(oneLine);
            oneLine.endRow();
            appendSorted(file, SortKey.of(row));
        } else {
            CsvLines lines = room(file, Objects.requireNonNull(row.instrument()));
            row.writeFileColumns(lines);
            lines.endRow();
        }
    }

    /**
     * Writes everything appended so far to the file and says how long it is. That outlives the process, which may end at any
     * moment; it is not forced to the disk, since Flink's checkpoint that names this length is not either: after a loss of
     * power the spool can be shorter than its checkpoint, which {@link #open} refuses, and the run is begun anew.
     */
    public SpoolPosition checkpoint() throws IOException {
        flushAll();
        return new SpoolPosition(channel.position());
    }

    /** Memory taken by lines that are not in the file yet. */
    long heldBytes() {
        return heldBytes;
    }

    /** Writes what is held and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            flushAll();
        }
    }

    private void appendSorted(RunFile file, byte[] key) throws IOException {
        room(file, NO_INSTRUMENT)
                .number32(key.length)
                .number32(oneLine.length())
                .bytes(key, key.length)
                .bytes(oneLine.array(), oneLine.length());
        oneLine.clear();
    }

    /** The lines of a file and instrument, with room for one more. */
    private CsvLines room(RunFile file, String instrument) throws IOException {
        heldBytes += handedOut.capacity() - handedOutCapacity;
        if (heldBytes > bufferBytes) {
            flushAll();
        }
        InstrumentLines of = of(instrument);
        CsvLines lines = of.byFile[file.ordinal()];
        if (lines == null) {
            lines = free.isEmpty() ? new CsvLines(BLOCK_CAPACITY, texts) : free.pop();
            of.byFile[file.ordinal()] = lines;
            heldBytes += lines.capacity();
        } else if (lines.length() >= BLOCK_BYTES) {
            writeBlock(file, of.key, lines);
        }
        handedOut = lines;
        handedOutCapacity = lines.capacity();
        return lines;
    }

    private InstrumentLines of(String instrument) {
        if (!newest.instrument.equals(instrument) || byInstrument.isEmpty()) {
            newest = byInstrument.computeIfAbsent(instrument, InstrumentLines::new);
        }
        return newest;
    }

    /** Writes every line held and gives the buffers back. */
    private void flushAll() throws IOException {
        for (InstrumentLines of : byInstrument.values()) {
            for (RunFile file : FILES) {
                CsvLines lines = of.byFile[file.ordinal()];
                if (lines != null) {
                    if (lines.length() > 0) {
                        writeBlock(file, of.key, lines);
                    }
                    giveBack(lines);
                    of.byFile[file.ordinal()] = null;
                }
            }
        }
        writeOutput();
        handedOut = oneLine;
        handedOutCapacity = oneLine.capacity();
        heldBytes = 0;
    }

    /** One that a line made grow is dropped, lest memory grow with it. */
    private void giveBack(CsvLines lines) {
        if (lines.capacity() <= BLOCK_CAPACITY) {
            free.push(lines);
        }
    }

    private void writeBlock(RunFile file, byte[] key, CsvLines lines) throws IOException {
        if (output.remaining() < SpoolFormat.BLOCK_HEADER_BYTES + key.length) {
            writeOutput();
        }
        output.putInt(file.ordinal()).putInt(key.length).putInt(lines.length()).put(key);
        if (output.remaining() >= lines.length()) {
            output.put(lines.array(), 0, lines.length());
        } else {
            writeOutput();
            PendingFiles.writeFully(channel, ByteBuffer.wrap(lines.array(), 0, lines.length()));
        }
        lines.clear();
    }

    private void writeOutput() throws IOException {
        PendingFiles.writeFully(channel, output.flip());
        output.clear();
    }
}
