package io.crossbook.store.files;

import io.crossbook.model.Decimal;
import io.crossbook.model.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * CSV lines as UTF-8 bytes in a growing array.
 *
 * <p>A line is its fields in order, each put by one of the {@code field} methods, then {@link #endLine}. Nothing is
 * allocated per field, since every row of a run passes here.
 */
final class CsvLines {
    private static final int FIRST_CAPACITY = 512;
    private static final long NO_DAY = Long.MIN_VALUE;

    private final StringBuilder digits = new StringBuilder(40);
    private final byte[] date = new byte[10];
    private long dateDay = NO_DAY;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private boolean lineBegun;

    int length() {
        return length;
    }

    int capacity() {
        return bytes.length;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        length = 0;
        lineBegun = false;
    }

    /** Four bytes, big-endian, outside of any line. */
    CsvLines number32(int number) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** Bytes as they are, outside of any line. */
    CsvLines bytes(byte[] source, int count) {
        return bytes(source, 0, count);
    }

    CsvLines bytes(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    CsvLines field(@Nullable Enum<?> word) {
        return field(word == null ? null : word.name());
    }

    /** A text, quoted only if it holds a comma, a quote or a line end; absent is empty. */
    CsvLines field(@Nullable String text) {
        comma();
        if (text == null) {
            return this;
        }
        int start = length;
        if (!appendUnlessQuoted(text)) {
            length = start;
            appendQuoted(text);
        }
        return this;
    }

    CsvLines field(@Nullable Decimal number) {
        comma();
        if (number != null) {
            digits.setLength(0);
            appendDigits(number.appendTo(digits));
        }
        return this;
    }

    CsvLines field(long number) {
        comma();
        digits.setLength(0);
        appendDigits(digits.append(number));
        return this;
    }

    /** RFC 3339 UTC with nanoseconds. */
    CsvLines time(long nanos) {
        comma();
        ensure(30);
        long day = Math.floorDiv(nanos, Timestamps.NANOS_PER_DAY);
        long ofDay = Math.floorMod(nanos, Timestamps.NANOS_PER_DAY);
        if (day != dateDay) {
            byte[] text = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, date, 0, date.length);
            dateDay = day;
        }
        System.arraycopy(date, 0, bytes, length, date.length);
        length += date.length;
        int second = (int) (ofDay / Timestamps.NANOS_PER_SECOND);
        twoDigits('T', second / 3600);
        twoDigits(':', second / 60 % 60);
        twoDigits(':', second % 60);
        bytes[length++] = '.';
        int fraction = (int) (ofDay % Timestamps.NANOS_PER_SECOND);
        for (int at = length + 8; at >= length; at--) {
            bytes[at] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        length += 9;
        bytes[length++] = 'Z';
        return this;
    }

    void endLine() {
        ensure(1);
        bytes[length++] = '\n';
        lineBegun = false;
    }

    private void comma() {
        if (lineBegun) {
            ensure(1);
            bytes[length++] = ',';
        }
        lineBegun = true;
    }

    private void twoDigits(char before, int value) {
        bytes[length++] = (byte) before;
        bytes[length++] = (byte) ('0' + value / 10);
        bytes[length++] = (byte) ('0' + value % 10);
    }

    private void appendDigits(StringBuilder text) {
        int count = text.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Appends the text as it is, or says that it must be quoted. */
    private boolean appendUnlessQuoted(String text) {
        int count = text.length();
        ensure(count * 3);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = appendWide(text, i);
            } else if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return true;
    }

    private void appendQuoted(String text) {
        int count = text.length();
        ensure(count * 3 + 2);
        bytes[length++] = '"';
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = appendWide(text, i);
            } else {
                if (c == '"') {
                    bytes[length++] = '"';
                }
                bytes[length++] = (byte) c;
            }
        }
        bytes[length++] = '"';
    }

    /**
     * Appends the character that begins at {@code i}; half a surrogate pair becomes a question mark, as in Java's encoder.
     *
     * @return index of its last {@code char}
     */
    private int appendWide(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xE0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        } else if (Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1))) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            bytes[length++] = (byte) (0xF0 | point >> 18);
            bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[length++] = (byte) (0x80 | point & 0x3F);
            return i + 1;
        } else {
            bytes[length++] = '?';
            return i;
        }
        bytes[length++] = (byte) (0x80 | c & 0x3F);
        return i;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
