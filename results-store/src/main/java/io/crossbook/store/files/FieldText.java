package io.crossbook.store.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a field as its UTF-8 bytes: ids of a run's files are compared and looked up without being decoded.
 *
 * <p>{@link RunFileReader#field} lends a view of the reader's memory that is good until the next row; {@link #copy} makes
 * one that lasts.
 */
public final class FieldText {
    private final byte[] bytes;
    private final int from;
    private final int to;

    FieldText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    public static FieldText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FieldText(bytes, 0, bytes.length);
    }

    /** The same text with bytes of its own. */
    public FieldText copy() {
        return new FieldText(Arrays.copyOfRange(bytes, from, to), 0, to - from);
    }

    public boolean isEmpty() {
        return from == to;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldText that && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = hash * 31 + bytes[at];
        }
        return hash;
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
