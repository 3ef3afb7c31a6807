package io.crossbook.matching;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The idempotency keys of the trading day at no more than 48 bytes each.
 *
 * <p>Layout: entries of 5 words (key, content, sequence of the first command) in the order of their arrival, in chunks,
 * and an open-addressing index of their numbers that is at most 60 % full and grows by an eighth.
 */
final class RememberedKeys {
    /** The answer for a key that was not here before. */
    static final long NEW = 0;

    /** The answer for a key that came with other content before. */
    static final long REUSED = -1;

    private static final int ENTRY_WORDS = 5;
    static final int ENTRY_BYTES = ENTRY_WORDS * Long.BYTES;
    private static final int CHUNK_SHIFT = 6;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    private static final int SMALLEST_INDEX = 16;

    private final List<long[]> chunks = new ArrayList<>();
    /** Numbers of entries from 1; 0 is empty. */
    private int[] index = new int[SMALLEST_INDEX];

    private int size;
    private int drained;

    /**
     * Remembers a key with its content, unless it is known.
     *
     * @return {@link #NEW}, {@link #REUSED}, or the sequence of the command that brought the same key and content
     */
    long remember(long keyHigh, long keyLow, long contentHigh, long contentLow, long sequence) {
        int place = placeOf(keyHigh, keyLow);
        if (index[place] != 0) {
            int entry = index[place] - 1;
            boolean same = word(entry, 2) == contentHigh && word(entry, 3) == contentLow;
            return same ? word(entry, 4) : REUSED;
        }
        append(place, keyHigh, keyLow, contentHigh, contentLow, sequence);
        return NEW;
    }

    private void append(int place, long keyHigh, long keyLow, long contentHigh, long contentLow, long sequence) {
        if ((size & CHUNK_MASK) == 0) {
            chunks.add(new long[ENTRY_WORDS << CHUNK_SHIFT]);
        }
        long[] chunk = chunks.get(size >> CHUNK_SHIFT);
        int at = (size & CHUNK_MASK) * ENTRY_WORDS;
        chunk[at] = keyHigh;
        chunk[at + 1] = keyLow;
        chunk[at + 2] = contentHigh;
        chunk[at + 3] = contentLow;
        chunk[at + 4] = sequence;
        index[place] = ++size;
        if (10L * size >= 6L * index.length) {
            growIndex();
        }
    }

    private long word(int entry, int number) {
        return chunks.get(entry >> CHUNK_SHIFT)[(entry & CHUNK_MASK) * ENTRY_WORDS + number];
    }

    /** Where the key is in the index, or the empty place where it belongs. */
    private int placeOf(long keyHigh, long keyLow) {
        int place = (int) Math.multiplyHigh(keyLow >>> 1, (long) index.length << 1);
        while (index[place] != 0 && (word(index[place] - 1, 1) != keyLow || word(index[place] - 1, 0) != keyHigh)) {
            place = place + 1 == index.length ? 0 : place + 1;
        }
        return place;
    }

    private void growIndex() {
        index = new int[Math.addExact(index.length, index.length / 8 + 2)];
        for (int entry = 0; entry < size; entry++) {
            index[placeOf(word(entry, 0), word(entry, 1))] = entry + 1;
        }
    }

    int size() {
        return size;
    }

    /** Bytes of entries and index, for the promise of at most 48 bytes a key. */
    long tableBytes() {
        return (long) chunks.size() * (ENTRY_BYTES << CHUNK_SHIFT) + (long) index.length * Integer.BYTES;
    }

    /** The keys added since the last call, 40 bytes each. */
    byte[] drain() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size - drained, ENTRY_BYTES));
        for (; drained < size; drained++) {
            for (int number = 0; number < ENTRY_WORDS; number++) {
                bytes.putLong(word(drained, number));
            }
        }
        return bytes.array();
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(byte[] bytesDrained) {
        ByteBuffer bytes = ByteBuffer.wrap(bytesDrained);
        while (bytes.hasRemaining()) {
            remember(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        }
        drained = size;
    }

    void clear() {
        chunks.clear();
        index = new int[SMALLEST_INDEX];
        size = 0;
        drained = 0;
    }
}
