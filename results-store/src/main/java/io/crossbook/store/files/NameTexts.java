package io.crossbook.store.files;

import org.jspecify.annotations.Nullable;

/**
 * How names that come again and again, such as those of clients, stand in a line: found by the {@code String} itself,
 * without looking at its characters. A direct-mapped table, so it neither grows nor searches.
 */
final class NameTexts {
    private static final int PLACES = 1 << 8;

    private final @Nullable String[] names = new String[PLACES];
    private final byte[][] texts = new byte[PLACES][];

    byte @Nullable [] find(String name) {
        int place = name.hashCode() & PLACES - 1;
        return names[place] == name ? texts[place] : null;
    }

    void add(String name, byte[] text) {
        int place = name.hashCode() & PLACES - 1;
        names[place] = name;
        texts[place] = text;
    }
}
