package io.crossbook.store.files;

import org.jspecify.annotations.Nullable;

/**
 * How names that come again and again, such as those of clients, stand in a line: found by the {@code String} itself,
 * without looking at its characters. A direct-mapped table, so it neither grows nor searches.
 */
final class NameTexts {
    /** Said of a name that is not here. */
    static final int UNKNOWN = -1;

    /** Longest text that is kept. */
    static final int MOST_BYTES = 64;

    private static final int PLACES = 1 << 8;

    private final @Nullable String[] names = new String[PLACES];
    /** Each with room for the longest, which is whole words. */
    private final byte[] texts = new byte[PLACES * MOST_BYTES];

    private final int[] lengths = new int[PLACES];

    /** Writes a name and returns where it ends, or {@link #UNKNOWN}; there must be room for {@value #MOST_BYTES} bytes. */
    int write(String name, byte[] target, int at) {
        int place = name.hashCode() & PLACES - 1;
        return names[place] == name ? WordCopy.copy(texts, place * MOST_BYTES, lengths[place], target, at) : UNKNOWN;
    }

    /** Keeps how a name was written, unless that is too long. */
    void add(String name, byte[] source, int from, int to) {
        if (to - from <= MOST_BYTES) {
            int place = name.hashCode() & PLACES - 1;
            names[place] = name;
            System.arraycopy(source, from, texts, place * MOST_BYTES, to - from);
            lengths[place] = to - from;
        }
    }
}
