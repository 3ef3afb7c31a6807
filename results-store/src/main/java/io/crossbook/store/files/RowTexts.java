package io.crossbook.store.files;

import io.crossbook.model.Timestamps;
import java.util.Arrays;

/** What the lines of one thread remember: the texts of names, numbers and seconds that come again and again. */
final class RowTexts {
    /** Length of {@code 2024-01-02T03:04:05.}. */
    static final int SECOND_BYTES = 20;

    private static final int SECONDS = 1 << 8;
    private static final int SECOND_ROOM = WordCopy.room(SECOND_BYTES);

    private final NameTexts names = new NameTexts();
    private final DecimalTexts decimals = new DecimalTexts();
    private final long[] seconds = new long[SECONDS];
    private final byte[] secondTexts = new byte[SECONDS * SECOND_ROOM];

    RowTexts() {
        Arrays.fill(seconds, Long.MIN_VALUE);
    }

    NameTexts names() {
        return names;
    }

    DecimalTexts decimals() {
        return decimals;
    }

    /** Writes {@code 2024-01-02T03:04:05.}, of a second since 1970 UTC, and returns where it ends. */
    int writeSecond(long second, byte[] target, int at) {
        int place = (int) second & SECONDS - 1;
        int from = place * SECOND_ROOM;
        if (seconds[place] != second) {
            Timestamps.writeSecond(second, secondTexts, from);
            seconds[place] = second;
        }
        return WordCopy.copy(secondTexts, from, SECOND_BYTES, target, at);
    }
}
