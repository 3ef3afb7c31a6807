package io.crossbook.store.files;

import io.crossbook.model.Decimal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /** Eight bytes at once, the first of them lowest. */
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long TOP_BITS = 0x80 * EACH_BYTE;

    private static final ClassValue<Words> WORDS = new ClassValue<>() {
        @Override
        protected Words computeValue(Class<?> type) {
            return new Words(type.getEnumConstants());
        }
    };

    /** The constants of a type with their names as bytes. */
    private static final class Words {
        final Object[] constants;
        final byte[][] names;

        Words(Object[] constants) {
            this.constants = constants;
            this.names = Arrays.stream(constants)
                    .map(constant -> ((Enum<?>) constant).name().getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }
    }

    private final Path path;
    private final InputStream in;
    private final int columns;
    private final int[] starts;
    private final int[] ends;
    /** With room behind the limit for a whole word, so that one can be read from the last byte on. */
    private byte[] buffer = new byte[FIRST_CAPACITY + Long.BYTES];

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
        int column = 0;
        boolean quoted = false;
        startField(column, 0);
        int at = nextMark(0, false);
        while (quoted || buffer[begin + at] != '\n') {
            byte b = buffer[begin + at];
            if (b == '"') {
                quoted = !quoted;
            } else if (b == ',' && !quoted) {
                ends[column++] = at;
                startField(column, at + 1);
            }
            at = nextMark(at + 1, quoted);
        }
        ends[column++] = at;
        if (column != columns) {
            throw damaged(column + " fields, expected " + columns);
        }
        next = begin + at + 1;
        return true;
    }

    /**
     * The next byte that can mean something to the shape of the row: one up to the comma, which quote and line end are too.
     * Fields hold few others of them, so most bytes are passed over eight at once.
     *
     * @param at from where to look, relative to the begin of the row
     * @return its place, relative to the begin of the row
     * @throws IOException if the file ends before
     */
    private int nextMark(int at, boolean quoted) throws IOException {
        int place = begin + at;
        while (true) {
            while (place < limit) {
                long word = (long) EIGHT_BYTES.get(buffer, place);
                // A byte below the bound borrows and gets its top bit; above the lowest such byte the bits mean
                // nothing.
                long below = (word - (',' + 1) * EACH_BYTE) & ~word & TOP_BITS;
                if (below != 0) {
                    place += Long.numberOfTrailingZeros(below) / Byte.SIZE;
                    break;
                }
                place += Long.BYTES;
            }
            if (place < limit) {
                return place - begin;
            }
            int reached = limit - begin;
            if (!fill()) {
                throw damaged(quoted ? "a quote stays open" : "the last line has no end");
            }
            place = begin + reached;
        }
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

    /** A field's text as bytes that are good until the next row. */
    public FieldText field(int column) {
        int from = begin + starts[column];
        int to = begin + ends[column];
        return from < to && buffer[from] == '"' ? FieldText.of(text(column)) : new FieldText(buffer, from, to);
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

    /** Whether a field is the decimal just as {@link Decimal#toString} writes it. */
    public boolean holds(int column, Decimal value) {
        int from = begin + starts[column];
        int to = begin + ends[column];
        return isPlain(from, to) && value.equals(shortDecimal(from, to))
                || text(column).equals(value.toString());
    }

    /** Whether a decimal would not be written in fewer bytes, or with another sign. */
    private boolean isPlain(int from, int to) {
        int first = from < to && buffer[from] == '-' ? from + 1 : from;
        if (first == to) {
            return false;
        }
        boolean leadsWithZero = buffer[first] == '0';
        for (int at = first; at < to; at++) {
            if (buffer[at] == '.') {
                return buffer[to - 1] != '0' && (!leadsWithZero || at == first + 1);
            }
        }
        return !leadsWithZero || (first == from && to == from + 1);
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
        long digits = shortNumber(column);
        if (digits >= 0) {
            return digits;
        }
        try {
            return Long.parseLong(text(column));
        } catch (NumberFormatException e) {
            throw damaged("field " + (column + 1) + " must be a whole number, was \"" + text(column) + "\"");
        }
    }

    /** Whether a field is the number just as {@link Long#toString} writes it. */
    public boolean holds(int column, long value) {
        boolean plain = ends[column] - starts[column] == 1 || buffer[begin + starts[column]] != '0';
        return value >= 0 && plain && shortNumber(column) == value
                || text(column).equals(Long.toString(value));
    }

    /** A number of few digits straight from its bytes, which nearly all are; −1 for anything else. */
    private long shortNumber(int column) {
        int from = begin + starts[column];
        int to = begin + ends[column];
        if (from == to || to - from > SHORT_DECIMAL) {
            return -1;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /**
     * A word that must be there.
     *
     * @throws IOException if it is none of the type's
     */
    public <E extends Enum<E>> E word(int column, Class<E> type) throws IOException {
        Words words = WORDS.get(type);
        int from = begin + starts[column];
        int to = begin + ends[column];
        for (int i = 0; i < words.names.length; i++) {
            if (Arrays.equals(buffer, from, to, words.names[i], 0, words.names[i].length)) {
                return type.cast(words.constants[i]);
            }
        }
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
        if (limit == buffer.length - Long.BYTES) {
            buffer = Arrays.copyOf(buffer, limit * 2 + Long.BYTES);
        }
        int count = in.read(buffer, limit, buffer.length - Long.BYTES - limit);
        if (count <= 0) {
            next = limit;
            return false;
        }
        limit += count;
        return true;
    }
}
