package io.crossbook.matching;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * The serial order ids used on the trading day, of up to {@value #MOST_PREFIXES} prefixes.
 *
 * <p>Layout: a page stands for 64 neighbouring numbers of one prefix, a record of its key and 64 bits. Ids that are
 * counted without gaps cost two bits each, ids far apart a record each, no more than any other id. A small table knows
 * the pages touched last, so an id beside an earlier one is found without a search.
 */
final class SerialIds {
    static final int NONE = -1;
    static final int MOST_PREFIXES = 32;
    /** A page as bytes: prefix, its first number, its bits. */
    static final int PAGE_BYTES = 3 * Long.BYTES;

    private static final int PAGE_SHIFT = 6;
    private static final int PREFIX_SHIFT = 58;
    private static final int RECENT = 64;
    private static final long NO_KEY = -1;

    private final long[] prefixes = new long[MOST_PREFIXES];
    private int prefixCount;
    private int lastPrefix;

    /** Key: the number of the prefix above that of the page. */
    private final RecordLog pages = new RecordLog(0);

    private final int[] recent = new int[RECENT];
    /** The page touched last, taken out of the log while ids come beside each other. */
    private int openPage;

    private long openKey = NO_KEY;
    private long openBits;
    private int size;
    private int drained;
    /** Drained pages that came to hold more ids. */
    private final BitSet reopened = new BitSet();

    /** The number of a prefix, the {@code high} of an {@link OrderKey}; {@link #NONE} if there is no room for it. */
    int prefixOf(long high) {
        if (prefixes[lastPrefix] == high) {
            return lastPrefix;
        }
        for (int i = 0; i < prefixCount; i++) {
            if (prefixes[i] == high) {
                lastPrefix = i;
                return i;
            }
        }
        if (prefixCount == MOST_PREFIXES) {
            return NONE;
        }
        prefixes[prefixCount] = high;
        lastPrefix = prefixCount;
        return prefixCount++;
    }

    /** Remembers a number; {@code false} if it is known already. */
    boolean add(int prefix, long number) {
        long key = (long) prefix << PREFIX_SHIFT | number >>> PAGE_SHIFT;
        if (key != openKey) {
            turnTo(key);
        }
        long bit = 1L << number;
        if ((openBits & bit) != 0) {
            return false;
        }
        openBits |= bit;
        size++;
        return true;
    }

    private void turnTo(long key) {
        putBack();
        openPage = page(key);
        openKey = key;
        openBits = pages.second(openPage);
    }

    private void putBack() {
        if (openKey != NO_KEY && openBits != pages.second(openPage)) {
            pages.addBits(openPage, openBits);
            if (openPage < drained) {
                reopened.set(openPage);
            }
        }
    }

    private int page(long key) {
        int place = (int) (key ^ key >>> PREFIX_SHIFT) & RECENT - 1;
        int page = recent[place];
        if (page < pages.size() && pages.first(page) == key) {
            return page;
        }
        page = pages.find(key, 0);
        if (page == RecordLog.NONE) {
            page = pages.add(key, 0);
        }
        recent[place] = page;
        return page;
    }

    int size() {
        return size;
    }

    long tableBytes() {
        return pages.tableBytes();
    }

    /** Makes ready what {@link #drain} gives out; returns the number of its pages. */
    int changedPages() {
        putBack();
        return pages.size() - drained + reopened.cardinality();
    }

    /** The pages that got ids since the last call. */
    void drain(ByteBuffer into) {
        for (int page = reopened.nextSetBit(0); page >= 0; page = reopened.nextSetBit(page + 1)) {
            drain(page, into);
        }
        reopened.clear();
        for (; drained < pages.size(); drained++) {
            drain(drained, into);
        }
    }

    private void drain(int page, ByteBuffer into) {
        long key = pages.first(page);
        into.putLong(prefixes[(int) (key >>> PREFIX_SHIFT)]);
        // The number of the prefix is shifted out.
        into.putLong(key << PAGE_SHIFT);
        into.putLong(pages.second(page));
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(ByteBuffer from) {
        while (from.hasRemaining()) {
            long prefix = prefixOf(from.getLong());
            turnTo(prefix << PREFIX_SHIFT | from.getLong() >>> PAGE_SHIFT);
            int before = Long.bitCount(openBits);
            openBits |= from.getLong();
            size += Long.bitCount(openBits) - before;
        }
        putBack();
        drained = pages.size();
        reopened.clear();
    }

    void clear() {
        prefixCount = 0;
        lastPrefix = 0;
        prefixes[0] = 0;
        pages.clear();
        openKey = NO_KEY;
        size = 0;
        drained = 0;
        reopened.clear();
    }
}
