package io.crossbook.replay.input;

import java.nio.charset.StandardCharsets;

/** The bytes of a line as text that can be shown. */
final class RawLine {
    /** Bytes shown of a line. */
    static final int LIMIT = 1024;
    /** Bytes shown of a value in a message. */
    private static final int QUOTED_LIMIT = 64;

    private RawLine() {}

    /**
     * The bytes as they are where they are printable UTF-8, as {@code \xNN} where they are not, cut after {@value
     * #LIMIT} with a note of the length.
     *
     * @param length of the whole line, which may be more than the bytes at hand
     */
    static String printable(byte[] bytes, int from, int to, long length) {
        return printable(bytes, from, to, length, LIMIT);
    }

    /** A text in quotes, as it can be shown in a message. */
    static String quoted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return quoted(bytes, 0, bytes.length);
    }

    /** The same in quotes and shorter, for a message. */
    static String quoted(byte[] bytes, int from, int to) {
        return '"' + printable(bytes, from, to, to - from, QUOTED_LIMIT) + '"';
    }

    private static String printable(byte[] bytes, int from, int to, long length, int limit) {
        int end = (int) Math.min(to, from + (long) limit);
        StringBuilder text = new StringBuilder(end - from + 16);
        for (int i = from; i < end; ) {
            int size = printableAt(bytes, i, end);
            if (size == 0) {
                text.append(String.format("\\x%02X", bytes[i] & 0xff));
                i++;
            } else {
                text.append(new String(bytes, i, size, StandardCharsets.UTF_8));
                i += size;
            }
        }
        if (length > limit) {
            text.append("... (").append(length).append(" bytes)");
        }
        return text.toString();
    }

    /** Length of the printable character at {@code i}, 0 if there is none. */
    private static int printableAt(byte[] bytes, int i, int end) {
        int size = Utf8.sizeAt(bytes, i, end);
        if (size == 0) {
            return 0;
        }
        if (size == 1) {
            return bytes[i] >= ' ' && bytes[i] != 0x7f ? 1 : 0;
        }
        int character = new String(bytes, i, size, StandardCharsets.UTF_8).codePointAt(0);
        int type = Character.getType(character);
        boolean shown =
                type != Character.CONTROL && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
        return shown ? size : 0;
    }
}
