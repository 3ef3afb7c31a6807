package io.crossbook.store;

import io.crossbook.model.AsciiNumbers;
import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.OrderId;
import io.crossbook.store.rows.RowOutput;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of {@code COPY}: values set apart by tabs, {@code \N} for an absent one, a backslash before
 * what would be misread; times are nanoseconds since 1970 UTC.
 *
 * <p>Text and not binary: a decimal of any width is its digits, and building binary ones costs more than it saves.
 */
final class CopyBuffer implements RowOutput {
    private static final int FIRST_CAPACITY = 1 << 14;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;
    private boolean rowBegun;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
        rowBegun = false;
    }

    void sendTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(bytes, 0, size);
    }

    @Override
    public CopyBuffer text(@Nullable String value) {
        separate();
        if (value == null) {
            absent();
        } else if (!appendPlain(value)) {
            appendEscaped(value);
        }
        return this;
    }

    @Override
    public CopyBuffer name(String name) {
        return text(name);
    }

    @Override
    public CopyBuffer word(@Nullable Enum<?> value) {
        return text(value == null ? null : value.name());
    }

    @Override
    public CopyBuffer id(@Nullable OrderId id) {
        separate();
        if (id == null) {
            absent();
            return this;
        }
        reserve(id.mostBytes());
        int end = id.writeTo(bytes, size);
        if (isPlain(size, end)) {
            size = end;
        } else {
            appendEscaped(id.toString());
        }
        return this;
    }

    private boolean isPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isPlain((char) bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '\\';
    }

    @Override
    public CopyBuffer tradeId(String instrument, long tradeNo) {
        separate();
        if (appendPlain(instrument)) {
            reserve(1 + AsciiNumbers.MOST_BYTES);
            bytes[size++] = '-';
            size = AsciiNumbers.write(tradeNo, bytes, size);
        } else {
            appendEscaped(Instrument.tradeId(instrument, tradeNo));
        }
        return this;
    }

    @Override
    public CopyBuffer number(long value) {
        separate();
        reserve(AsciiNumbers.MOST_BYTES);
        size = AsciiNumbers.write(value, bytes, size);
        return this;
    }

    @Override
    public CopyBuffer time(long nanos) {
        return number(nanos);
    }

    @Override
    public CopyBuffer decimal(@Nullable Decimal value) {
        separate();
        if (value == null) {
            absent();
        } else {
            reserve(value.mostBytes());
            size = value.writeTo(bytes, size);
        }
        return this;
    }

    CopyBuffer flag(boolean value) {
        separate();
        append(value ? 't' : 'f');
        return this;
    }

    @Override
    public void endRow() {
        append('\n');
        rowBegun = false;
    }

    private void separate() {
        if (rowBegun) {
            append('\t');
        }
        rowBegun = true;
    }

    private void absent() {
        append('\\');
        append('N');
    }

    /** Nearly all text is a short id of plain characters. Appends nothing and says so when it is not. */
    private boolean appendPlain(String value) {
        int length = value.length();
        reserve(length);
        int end = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (!isPlain(c)) {
                return false;
            }
            bytes[end++] = (byte) c;
        }
        size = end;
        return true;
    }

    private void appendEscaped(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        reserve(2 * utf8.length);
        for (byte b : utf8) {
            switch (b) {
                case '\\' -> appendPair('\\');
                case '\t' -> appendPair('t');
                case '\n' -> appendPair('n');
                case '\r' -> appendPair('r');
                default -> bytes[size++] = b;
            }
        }
    }

    private void appendPair(char escaped) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) escaped;
    }

    private void append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
