package io.crossbook.model;

import java.util.Comparator;

/**
 * Texts in the order of their UTF-8 bytes, which is the order of their code points. {@link String#compareTo} differs
 * where a surrogate pair meets a character from U+E000 up.
 */
public enum Utf8Order implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Integer.compare(rank(x), rank(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** A surrogate stands for a code point above all that fit one {@code char}. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }
}
