package io.crossbook.replay.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names that come again and again, found by their bytes without making a new string. Takes a limited number. */
final class TextCache {
    private static final int MOST = 1 << 15;

    private byte[][] keys = new byte[1024][];
    private String[] names = new String[1024];
    private int size;

    @Nullable
    String find(byte[] text, int from, int to) {
        int mask = keys.length - 1;
        for (int slot = hash(text, from, to) & mask; keys[slot] != null; slot = (slot + 1) & mask) {
            if (Arrays.equals(keys[slot], 0, keys[slot].length, text, from, to)) {
                return names[slot];
            }
        }
        return null;
    }

    void add(String name) {
        if (size == MOST) {
            return;
        }
        if (size * 2 >= keys.length) {
            grow();
        }
        put(name.getBytes(StandardCharsets.UTF_8), name);
        size++;
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
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        names[slot] = name;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        return hash ^ (hash >>> 15);
    }
}
