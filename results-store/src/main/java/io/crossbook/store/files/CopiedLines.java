package io.crossbook.store.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * CSV lines out of rows in the text format of {@code COPY}: fields set apart by tabs, {@code \N} for an absent one,
 * backslashes before what would be misread. No row becomes an object on its way.
 *
 * <p>The fields of a row are the columns of a file in their order. Fields behind them are whole numbers that do not go
 * into the file; {@link #key} tells them.
 */
public final class CopiedLines {
    /** Nanoseconds since 1970 UTC in a table, RFC 3339 in a file. */
    private static final Set<String> TIMES = Set.of("timestamp", "time", "entered_at", "updated_at", "opened_at");

    /** {@code numeric} in a table; in a file without zeros at the end. */
    private static final Set<String> DECIMALS = Set.of(
            "price",
            "quantity",
            "filled_quantity",
            "leaves_quantity",
            "hidden_quantity",
            "net_quantity",
            "average_price",
            "open_price",
            "close_price",
            "mark_price",
            "last_price",
            "last_quantity",
            "pnl",
            "realized_pnl",
            "unrealized_pnl",
            "net_pnl",
            "fees",
            "fee");

    private enum Kind {
        PLAIN,
        TIME,
        DECIMAL
    }

    private final Kind[] kinds;
    private final CsvLines time = new CsvLines();
    private final long[] key;
    private byte[] line = new byte[512];
    private int length;
    private byte[] unescaped = new byte[64];

    /**
     * Makes the lines of a file.
     *
     * @param keys how many fields follow those of the file
     */
    public CopiedLines(RunFile file, int keys) {
        kinds = file.columns().stream().map(column -> kindOf(file, column)).toArray(Kind[]::new);
        key = new long[keys];
    }

    private static Kind kindOf(RunFile file, String column) {
        if (TIMES.contains(column)) {
            // That of the fills is for ourselves alone and has numbers.
            return file == RunFile.FILLS ? Kind.PLAIN : Kind.TIME;
        }
        return DECIMALS.contains(column) ? Kind.DECIMAL : Kind.PLAIN;
    }

    /** Reads a row, which ends with a line feed; its line and its key are there until the next. */
    public void read(byte[] row) {
        // A byte becomes at most two; a time may be one digit and becomes 30 bytes.
        length = 0;
        ensure(2 * row.length + 32 * kinds.length);
        int from = 0;
        for (int column = 0; column < kinds.length; column++) {
            int to = endOfField(row, from);
            if (column > 0) {
                line[length++] = ',';
            }
            if (!isAbsent(row, from, to)) {
                append(kinds[column], row, from, to);
            }
            from = to + 1;
        }
        line[length++] = '\n';
        for (int i = 0; i < key.length; i++) {
            int to = endOfField(row, from);
            key[i] = number(row, from, to);
            from = to + 1;
        }
        if (from != row.length) {
            throw new IllegalStateException("a row of " + kinds.length + " columns and " + key.length
                    + " keys was expected, was " + new String(row, StandardCharsets.UTF_8).strip());
        }
    }

    /** The line with its end, in the first {@link #length} bytes. */
    public byte[] line() {
        return line;
    }

    public int length() {
        return length;
    }

    /** The fields that followed those of the file. */
    public long[] key() {
        return key;
    }

    /** The first field of a row, a text, as its UTF-8 bytes. */
    public byte[] firstText(byte[] row) {
        int count = unescape(row, 0, endOfField(row, 0));
        return Arrays.copyOf(unescaped, count);
    }

    private static int endOfField(byte[] row, int from) {
        int at = from;
        while (row[at] != '\t' && row[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isAbsent(byte[] row, int from, int to) {
        return to - from == 2 && row[from] == '\\' && row[from + 1] == 'N';
    }

    private void append(Kind kind, byte[] row, int from, int to) {
        if (kind == Kind.TIME) {
            time.clear();
            time.time(number(row, from, to));
            // Without the comma behind it.
            append(time.array(), 0, time.length() - 1);
        } else if (kind == Kind.DECIMAL) {
            append(row, from, endOfDigits(row, from, to));
        } else if (isPlain(row, from, to)) {
            append(row, from, to);
        } else {
            appendText(row, from, to);
        }
    }

    private void append(byte[] source, int from, int to) {
        System.arraycopy(source, from, line, length, to - from);
        length += to - from;
    }

    private static long number(byte[] row, int from, int to) {
        boolean negative = row[from] == '-';
        long value = 0;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            // Below zero, where there is one number more.
            value = value * 10 - (row[at] - '0');
        }
        return negative ? value : -value;
    }

    private static int endOfDigits(byte[] row, int from, int to) {
        int point = from;
        while (point < to && row[point] != '.') {
            point++;
        }
        int end = to;
        while (end > point + 1 && row[end - 1] == '0') {
            end--;
        }
        return end == point + 1 ? point : end;
    }

    private static boolean isPlain(byte[] row, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = row[at];
            if (b == '\\' || b == ',' || b == '"') {
                return false;
            }
        }
        return true;
    }

    private void appendText(byte[] row, int from, int to) {
        int count = unescape(row, from, to);
        boolean quoted = false;
        for (int i = 0; i < count; i++) {
            byte b = unescaped[i];
            quoted |= b == ',' || b == '"' || b == '\n' || b == '\r';
        }
        if (!quoted) {
            append(unescaped, 0, count);
            return;
        }
        line[length++] = '"';
        for (int i = 0; i < count; i++) {
            if (unescaped[i] == '"') {
                line[length++] = '"';
            }
            line[length++] = unescaped[i];
        }
        line[length++] = '"';
    }

    private int unescape(byte[] row, int from, int to) {
        if (unescaped.length < to - from) {
            unescaped = new byte[2 * (to - from)];
        }
        int count = 0;
        for (int at = from; at < to; at++) {
            unescaped[count++] = row[at] == '\\' ? escaped(row[++at]) : row[at];
        }
        return count;
    }

    /** What stands for the byte behind a backslash; the server writes these and no octal or hexadecimal ones. */
    private static byte escaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }

    private void ensure(int capacity) {
        if (line.length < capacity) {
            line = Arrays.copyOf(line, 2 * capacity);
        }
    }
}
