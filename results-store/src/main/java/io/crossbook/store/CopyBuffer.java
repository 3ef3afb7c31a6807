package io.crossbook.store;

import io.crossbook.model.Decimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of {@code COPY}: fields set apart by tabs, {@code \N} for an absent one, a backslash before
 * what would be misread.
 *
 * <p>Text and not binary: a decimal of any width is its digits, and building binary ones costs more than it saves.
 */
final class CopyBuffer {
    private static final int FIRST_CAPACITY = 1 << 14;

    private final StringBuilder digits = new StringBuilder(48);
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

    CopyBuffer text(@Nullable String value) {
        separate();
        if (value == null) {
            absent();
        } else if (!appendPlain(value)) {
            appendEscaped(value);
        }
        return this;
    }

    CopyBuffer word(@Nullable Enum<?> value) {
        return text(value == null ? null : value.name());
    }

    CopyBuffer number(long value) {
        separate();
        digits.setLength(0);
        appendDigits(digits.append(value));
        return this;
    }

    CopyBuffer decimal(@Nullable Decimal value) {
        separate();
        if (value == null) {
            absent();
        } else {
            digits.setLength(0);
            appendDigits(value.appendTo(digits));
        }
        return this;
    }

    CopyBuffer flag(boolean value) {
        separate();
        append(value ? 't' : 'f');
        return this;
    }

    void endRow() {
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

    private void appendDigits(StringBuilder text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Nearly all text is a short id of plain characters. Appends nothing and says so when it is not. */
    private boolean appendPlain(String value) {
        int length = value.length();
        reserve(length);
        int end = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
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
