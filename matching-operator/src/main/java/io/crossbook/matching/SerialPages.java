package io.crossbook.matching;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The used numbers of one prefix of serial ids, as long as they rise or lie beside earlier ones.
 *
 * <p>Layout: a page stands for 64 neighbouring numbers; its number and 64 bits are two words. Counters rise, so pages are
 * appended in order and most ids touch the last one; an earlier page is found by halving. Ids counted without gaps cost
 * two bits each, ids far apart 16 bytes. A number that would need a new page before the last is left to others.
 */
final class SerialPages {
    /** Answers of {@link #add}. */
    static final int KNOWN = 0;

    static final int ADDED = 1;
    static final int OUT_OF_ORDER = 2;

    /** A page as bytes: prefix, its number, its bits. */
    static final int PAGE_BYTES = 3 * Long.BYTES;

    private static final int PAGE_SHIFT = 6;
    private static final int CHUNK_SHIFT = 7;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

    private long[][] chunks = new long[1][];
    private int pages;
    private int size;

    /** The last page: its number, and where it is. */
    private long lastPage = -1;

    private long[] lastChunk = new long[0];

    private int drained;
    /** Drained pages that came to hold more ids. */
    private final BitSet reopened = new BitSet();

    /** Remembers a number of zero or more, unless it is {@link #KNOWN} or {@link #OUT_OF_ORDER}. */
    int add(long number) {
        long page = number >>> PAGE_SHIFT;
        long bit = 1L << number;
        if (page > lastPage) {
            append(page, bit);
            return ADDED;
        }
        int found = page == lastPage ? pages - 1 : search(page);
        if (found < 0) {
            return OUT_OF_ORDER;
        }
        long[] chunk = page == lastPage ? lastChunk : chunks[found >>> CHUNK_SHIFT];
        int at = 2 * (found & CHUNK_MASK) + 1;
        if ((chunk[at] & bit) != 0) {
            return KNOWN;
        }
        chunk[at] |= bit;
        size++;
        if (found < drained) {
            reopened.set(found);
        }
        return ADDED;
    }

    private void append(long page, long bits) {
        int at = pages & CHUNK_MASK;
        if (at == 0) {
            startChunk();
        }
        lastChunk[2 * at] = page;
        lastChunk[2 * at + 1] = bits;
        lastPage = page;
        pages++;
        size += Long.bitCount(bits);
    }

    private void startChunk() {
        int number = pages >>> CHUNK_SHIFT;
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * number);
        }
        lastChunk = new long[2 << CHUNK_SHIFT];
        chunks[number] = lastChunk;
    }

    private long page(int index) {
        return chunks[index >>> CHUNK_SHIFT][2 * (index & CHUNK_MASK)];
    }

    private long bits(int index) {
        return chunks[index >>> CHUNK_SHIFT][2 * (index & CHUNK_MASK) + 1];
    }

    /** Where a page is, or a negative number. */
    private int search(long page) {
        int low = 0;
        int high = pages - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long here = page(middle);
            if (here == page) {
                return middle;
            }
            if (here < page) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    int size() {
        return size;
    }

    long tableBytes() {
        return (long) (pages + CHUNK_MASK >>> CHUNK_SHIFT) * (2L * Long.BYTES << CHUNK_SHIFT)
                + (long) chunks.length * Integer.BYTES;
    }

    /** Number of pages that {@link #drain} will give out. */
    int changedPages() {
        return pages - drained + reopened.cardinality();
    }

    /** The pages that got ids since the last call. */
    void drain(long prefix, ByteBuffer into) {
        for (int page = reopened.nextSetBit(0); page >= 0; page = reopened.nextSetBit(page + 1)) {
            into.putLong(prefix).putLong(page(page)).putLong(bits(page));
        }
        for (; drained < pages; drained++) {
            into.putLong(prefix).putLong(page(drained)).putLong(bits(drained));
        }
        reopened.clear();
    }

    /** Takes back a page that {@link #drain} gave out. */
    void restore(long page, long bits) {
        if (page > lastPage) {
            append(page, bits);
        } else {
            int found = search(page);
            long before = bits(found);
            chunks[found >>> CHUNK_SHIFT][2 * (found & CHUNK_MASK) + 1] = before | bits;
            size += Long.bitCount(bits & ~before);
        }
        drained = pages;
    }
}
