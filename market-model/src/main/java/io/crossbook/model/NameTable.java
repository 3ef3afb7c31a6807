package io.crossbook.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names that come again and again, such as those of clients, found by their UTF-8 without making a new string. Takes a
 * limited number; later ones are made each time.
 */
public final class NameTable {
    private static final int MOST = 1 << 16;
    private static final int FIRST_CAPACITY = 256;

    private byte[][] keys = new byte[FIRST_CAPACITY][];
    private String[] names = new String[FIRST_CAPACITY];
    private int size;

    /** The name of these bytes, {@code null} if it was not added. */
    public @Nullable String find(byte[] utf8, int from, int to) {
        int mask = keys.length - 1;
        for (int slot = hash(utf8, from, to) & mask; keys[slot] != null; slot = slot + 1 & mask) {
            if (Arrays.equals(keys[slot], 0, keys[slot].length, utf8, from, to)) {
                return names[slot];
            }
        }
        return null;
    }

    /** Adds a name that is not here. */
    public void add(String name) {
        if (size == MOST) {
            return;
        }
        if (size * 2 >= keys.length) {
            grow();
        }
        put(name.getBytes(StandardCharsets.UTF_8), name);
        size++;
    }

    /** The name of these bytes, added if there is room. */
    public String name(byte[] utf8, int from, int to) {
        @Nullable String known = find(utf8, from, to);
        if (known != null) {
            return known;
        }
        String name = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        add(name);
        return name;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        String[] oldNames = names;
        keys = new byte[oldKeys.length * 2][];
        names = new String[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                put(oldKeys[i], oldNames[i]);
            }
        }
    }

    private void put(byte[] key, String name) {
        int mask = keys.length - 1;
        int slot = hash(key, 0, key.length) & mask;
        while (keys[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        names[slot] = name;
    }

    private static int hash(byte[] utf8, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + utf8[i];
        }
        return hash ^ hash >>> 15;
    }
}
