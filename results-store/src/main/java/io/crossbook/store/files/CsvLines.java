package io.crossbook.store.files;

import io.crossbook.model.AsciiNumbers;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderId;
import io.crossbook.model.Timestamps;
import io.crossbook.store.rows.RowOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * CSV lines as UTF-8 bytes in a growing array.
 *
 * <p>Absent values are empty; a text is quoted only if it holds a comma, a quote or a line end; times are RFC 3339 UTC
 * with nanoseconds. Nothing is allocated per value, since every row of a run passes here.
 */
final class CsvLines implements RowOutput {
    private static final int FIRST_CAPACITY = 512;
    /** Length of {@code 2024-01-02T03:04:05.000000006Z}. */
    private static final int TIME_BYTES = 30;

    private static final int FRACTION_DIGITS = 9;

    private final RowTexts texts;
    private byte[] bytes;
    private int length;

    CsvLines() {
        this(FIRST_CAPACITY, new RowTexts());
    }

    /** Lines that share what they remember with others of the same thread. */
    CsvLines(int capacity, RowTexts texts) {
        this.texts = texts;
        bytes = new byte[capacity];
    }

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

    @Override
    @SuppressWarnings("deprecation") // Of the copies of a text's bytes only this one makes nothing; words are ASCII.
    public CsvLines word(@Nullable Enum<?> word) {
        if (word != null) {
            String name = word.name();
            ensure(name.length());
            name.getBytes(0, name.length(), bytes, length);
            length += name.length();
        }
        return endField();
    }

    @Override
    public CsvLines text(@Nullable String text) {
        if (text != null) {
            appendText(text);
        }
        return endField();
    }

    @Override
    public CsvLines name(String name) {
        appendName(name);
        return endField();
    }

    private void appendName(String name) {
        ensure(NameTexts.MOST_BYTES);
        int end = texts.names().write(name, bytes, length);
        if (end == NameTexts.UNKNOWN) {
            int start = length;
            appendText(name);
            texts.names().add(name, bytes, start, length);
        } else {
            length = end;
        }
    }

    private void appendText(String text) {
        int start = length;
        if (!appendUnlessQuoted(text)) {
            length = start;
            appendQuoted(text);
        }
    }

    @Override
    public CsvLines id(@Nullable OrderId id) {
        if (id != null) {
            ensure(id.mostBytes());
            int end = id.writeTo(bytes, length);
            if (isQuoted(length, end)) {
                appendQuoted(id.toString());
            } else {
                length = end;
            }
        }
        return endField();
    }

    private boolean isQuoted(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isQuoted((char) bytes[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isQuoted(char c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }

    @Override
    public CsvLines tradeId(String instrument, long tradeNo) {
        int start = length;
        appendName(instrument);
        if (bytes[start] == '"') {
            length = start;
            appendQuoted(Instrument.tradeId(instrument, tradeNo));
        } else {
            ensure(1 + AsciiNumbers.MOST_BYTES);
            bytes[length++] = '-';
            length = AsciiNumbers.write(tradeNo, bytes, length);
        }
        return endField();
    }

    @Override
    public CsvLines decimal(@Nullable Decimal number) {
        if (number != null) {
            ensure(Math.max(DecimalTexts.MOST_BYTES, number.mostBytes()));
            length = texts.decimals().write(number, bytes, length);
        }
        return endField();
    }

    @Override
    public CsvLines number(long number) {
        ensure(AsciiNumbers.MOST_BYTES);
        length = AsciiNumbers.write(number, bytes, length);
        return endField();
    }

    @Override
    public CsvLines time(long nanos) {
        ensure(TIME_BYTES);
        long second = Math.floorDiv(nanos, Timestamps.NANOS_PER_SECOND);
        length = texts.writeSecond(second, bytes, length);
        length = AsciiNumbers.padded(nanos - second * Timestamps.NANOS_PER_SECOND, FRACTION_DIGITS, bytes, length);
        bytes[length++] = 'Z';
        return endField();
    }

    private CsvLines endField() {
        if (length == bytes.length) {
            ensure(1);
        }
        bytes[length++] = ',';
        return this;
    }

    /** Makes the comma behind the last value the end of the line. */
    @Override
    public void endRow() {
        bytes[length - 1] = '\n';
    }

    /** Appends the text as it is, or says that it must be quoted. */
    private boolean appendUnlessQuoted(String text) {
        int count = text.length();
        ensure(count * 3);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = appendWide(text, i);
            } else if (isQuoted(c)) {
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
