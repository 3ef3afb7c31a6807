package io.crossbook.store.files;

import io.crossbook.model.Decimal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of a run row by row, in memory for one row.
 *
 * <p>{@link #next} moves to a row, whose fields are then asked for by column number, see {@link RunFile#column}.
 */
public final class RunFileReader implements Closeable {
    private static final int FIRST_CAPACITY = 64 * 1024;

    /** Digits and point that fit a {@code long} whatever they are. */
    private static final int SHORT_DECIMAL = 18;

    private final Path path;
    private final InputStream in;
    private final int columns;
    private final int[] starts;
    private final int[] ends;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int begin;
    private int next;
    private int limit;
    private long row;

    private RunFileReader(Path path, InputStream in, int columns) {
        this.path = path;
        this.in = in;
        this.columns = columns;
        this.starts = new int[columns];
        this.ends = new int[columns];
    }

    /**
     * Opens a file of a run's folder and reads its header.
     *
     * @throws IOException if it is not there or has other columns
     */
    public static RunFileReader open(Path folder, RunFile file) throws IOException {
        Path path = folder.resolve(file.fileName());
        RunFileReader reader = new RunFileReader(
                path, Files.newInputStream(path), file.columns().size());
        try {
            if (!reader.next() || !reader.line().equals(file.header())) {
                throw new IOException(path + ":1: the header must be " + file.header());
            }
            reader.row = 0;
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Moves to the next row.
     *
     * @return whether there is one
     * @throws IOException if the row has another number of fields, an open quote, or no line end
     */
    public boolean next() throws IOException {
        begin = next;
        row++;
        if (begin == limit && !fill()) {
            return false;
        }
        int at = 0;
        int column = 0;
        boolean quoted = false;
        startField(column, at);
        while (true) {
            if (begin + at == limit && !fill()) {
                throw damaged(quoted ? "a quote stays open" : "the last line has no end");
            }
            byte b = buffer[begin + at];
            if (b == '"') {
                quoted = !quoted;
            } else if (!quoted && (b == ',' || b == '\n')) {
                ends[column++] = at;
                if (b == '\n') {
                    break;
                }
                startField(column, at + 1);
            }
            at++;
        }
        if (column != columns) {
            throw damaged(column + " fields, expected " + columns);
        }
        next = begin + at + 1;
        return true;
    }

    private void startField(int column, int at) throws IOException {
        if (column == columns) {
            throw damaged("more than " + columns + " fields");
        }
        starts[column] = at;
    }

    /** Number of the row, from 1; the header is not counted. */
    public long row() {
        return row;
    }

    /** The row as it is in the file, without its end. */
    public String line() {
        return new String(buffer, begin, next - 1 - begin, StandardCharsets.UTF_8);
    }

    /** Whether the row is the same, byte for byte, as that of another reader. */
    public boolean sameLine(RunFileReader other) {
        return Arrays.equals(buffer, begin, next, other.buffer, other.begin, other.next);
    }

    public boolean isEmpty(int column) {
        return starts[column] == ends[column];
    }

    /** A field's text, empty if it is absent. */
    public String text(int column) {
        int from = begin + starts[column];
        int to = begin + ends[column];
        if (from == to) {
            return "";
        }
        if (buffer[from] != '"') {
            return new String(buffer, from, to - from, StandardCharsets.UTF_8);
        }
        return new String(buffer, from + 1, to - from - 2, StandardCharsets.UTF_8).replace("\"\"", "\"");
    }

    /**
     * A decimal that must be there.
     *
     * @throws IOException if it is absent or no decimal
     */
    public Decimal decimal(int column) throws IOException {
        Decimal value = shortDecimal(begin + starts[column], begin + ends[column]);
        if (value == null) {
            value = Decimal.parseOrNull(text(column));
        }
        if (value == null) {
            throw damaged("field " + (column + 1) + " must be a decimal, was \"" + text(column) + "\"");
        }
        return value;
    }

    /** A decimal of few digits straight from its bytes, which nearly all are; {@code null} for anything else. */
    private @Nullable Decimal shortDecimal(int from, int to) {
        boolean negative = from < to && buffer[from] == '-';
        int first = negative ? from + 1 : from;
        int point = to;
        long value = 0;
        if (first == to || to - first > SHORT_DECIMAL) {
            return null;
        }
        for (int at = first; at < to; at++) {
            byte b = buffer[at];
            if (b >= '0' && b <= '9') {
                value = value * 10 + (b - '0');
            } else if (b == '.' && point == to && at > first && at < to - 1) {
                point = at;
            } else {
                return null;
            }
        }
        return Decimal.of(negative ? -value : value, point == to ? 0 : to - point - 1);
    }

    /** A decimal, or {@code null} if it is absent. */
    public @Nullable Decimal decimalOrNull(int column) throws IOException {
        return isEmpty(column) ? null : decimal(column);
    }

    /**
     * A whole number that must be there.
     *
     * @throws IOException if it is absent or no whole number
     */
    public long number(int column) throws IOException {
        try {
            return Long.parseLong(text(column));
        } catch (NumberFormatException e) {
            throw damaged("field " + (column + 1) + " must be a whole number, was \"" + text(column) + "\"");
        }
    }

    /**
     * A word that must be there.
     *
     * @throws IOException if it is none of the type's
     */
    public <E extends Enum<E>> E word(int column, Class<E> type) throws IOException {
        try {
            return Enum.valueOf(type, text(column));
        } catch (IllegalArgumentException e) {
            throw damaged("field " + (column + 1) + " must be one of " + Arrays.toString(type.getEnumConstants())
                    + ", was \"" + text(column) + "\"");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private IOException damaged(String what) {
        return new IOException(path + ":" + (row + 1) + ": " + what);
    }

    /** Reads more bytes behind those of the present row; says whether there were any. */
    private boolean fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, limit - begin);
            limit -= begin;
            begin = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, limit * 2);
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count <= 0) {
            next = limit;
            return false;
        }
        limit += count;
        return true;
    }
}
