package io.crossbook.matching;

import io.crossbook.model.OrderId;
import java.nio.ByteBuffer;

/**
 * The order ids used on the trading day, as {@link OrderId}s, at no more than 24 bytes each: {@link SerialPages} for the
 * ids that a system counts, of up to {@value #MOST_PREFIXES} prefixes, and a log of both words for all others.
 *
 * <p>What {@link #drain} was not yet asked for is handed out for safekeeping with the next checkpoint.
 */
final class UsedIds {
    static final int MOST_PREFIXES = 32;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final SerialPages NO_PAGES = new SerialPages();

    /** The {@code high} words of serial ids, and the numbers used with each. */
    private final long[] prefixes = new long[MOST_PREFIXES];

    private final SerialPages[] serials = new SerialPages[MOST_PREFIXES];
    private int prefixCount;
    /** The prefix used last; 0 is none. */
    private long lastPrefix;

    private SerialPages lastSerial = NO_PAGES;

    private final IdLog others = new IdLog();
    private int drained;

    /** Remembers an id; {@code false} if it is known already. */
    boolean add(long high, long low) {
        if (high == lastPrefix ? OrderId.isNumber(low) : OrderId.isSerial(high, low) && turnTo(high)) {
            int answer = lastSerial.add(low);
            if (answer != SerialPages.OUT_OF_ORDER) {
                return answer == SerialPages.ADDED;
            }
        }
        return others.add(high, low);
    }

    /** Finds the numbers of a prefix; {@code false} if there is no room for another one. */
    private boolean turnTo(long prefix) {
        int found = 0;
        while (found < prefixCount && prefixes[found] != prefix) {
            found++;
        }
        if (found == MOST_PREFIXES) {
            return false;
        }
        if (found == prefixCount) {
            prefixes[prefixCount] = prefix;
            serials[prefixCount++] = new SerialPages();
        }
        lastPrefix = prefix;
        lastSerial = serials[found];
        return true;
    }

    int size() {
        int size = others.size();
        for (int i = 0; i < prefixCount; i++) {
            size += serials[i].size();
        }
        return size;
    }

    /** Bytes of all tables, for the promise of at most 24 bytes an id. */
    long tableBytes() {
        long bytes = others.tableBytes();
        for (int i = 0; i < prefixCount; i++) {
            bytes += serials[i].tableBytes();
        }
        return bytes;
    }

    /** The ids added since the last call: how many others, their words, then pages of serial ids. */
    byte[] drain() {
        int count = others.size() - drained;
        int pages = 0;
        for (int i = 0; i < prefixCount; i++) {
            pages = Math.addExact(pages, serials[i].changedPages());
        }
        if (count == 0 && pages == 0) {
            return new byte[0];
        }
        int bytes = Math.addExact(
                Math.multiplyExact(count, ENTRY_BYTES), Math.multiplyExact(pages, SerialPages.PAGE_BYTES));
        ByteBuffer into =
                ByteBuffer.allocate(Math.addExact(bytes, Integer.BYTES)).putInt(count);
        for (; drained < others.size(); drained++) {
            into.putLong(others.high(drained)).putLong(others.low(drained));
        }
        for (int i = 0; i < prefixCount; i++) {
            serials[i].drain(prefixes[i], into);
        }
        return into.array();
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(byte[] drainedIds) {
        if (drainedIds.length == 0) {
            return;
        }
        ByteBuffer from = ByteBuffer.wrap(drainedIds);
        for (int left = from.getInt(); left > 0; left--) {
            others.add(from.getLong(), from.getLong());
        }
        drained = others.size();
        while (from.hasRemaining()) {
            if (!turnTo(from.getLong())) {
                throw new IllegalStateException("more than " + MOST_PREFIXES + " prefixes of serial order ids");
            }
            lastSerial.restore(from.getLong(), from.getLong());
        }
    }

    void clear() {
        for (int i = 0; i < prefixCount; i++) {
            serials[i] = NO_PAGES;
        }
        prefixCount = 0;
        lastPrefix = 0;
        lastSerial = NO_PAGES;
        others.clear();
        drained = 0;
    }
}
