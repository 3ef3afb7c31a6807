package io.crossbook.replay.input;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of an enum, read in any case. */
final class Words<E extends Enum<E>> {
    private final E[] values;
    private final byte[][] upperCase;

    private Words(E[] values) {
        this.values = values;
        this.upperCase = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            upperCase[i] = values[i].name().getBytes(StandardCharsets.US_ASCII);
        }
    }

    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        return new Words<>(type.getEnumConstants());
    }

    @Nullable
    E find(byte[] text, int from, int to) {
        for (int i = 0; i < values.length; i++) {
            if (matches(upperCase[i], text, from, to)) {
                return values[i];
            }
        }
        return null;
    }

    private static boolean matches(byte[] word, byte[] text, int from, int to) {
        if (word.length != to - from) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            byte b = text[from + i];
            if (word[i] != (b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b)) {
                return false;
            }
        }
        return true;
    }

    /** {@code BUY or SELL}, {@code A, B or C}. */
    @Override
    public String toString() {
        String allButLast =
                Stream.of(values).limit(values.length - 1L).map(Enum::name).collect(Collectors.joining(", "));
        String last = values[values.length - 1].name();
        return allButLast.isEmpty() ? last : allButLast + " or " + last;
    }
}
