package io.crossbook.matching;

import java.nio.ByteBuffer;

/**
 * The order ids used on the trading day, as {@link OrderKey}s, at no more than 24 bytes each: {@link SerialIds} for those
 * that a system counts, a log of both words for the others.
 *
 * <p>What {@link #drain} was not yet asked for is handed out for safekeeping with the next checkpoint.
 */
final class UsedIds {
    static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final long WHOLE_WORD = -1;

    private final SerialIds serials = new SerialIds();
    private final RecordLog others = new RecordLog(WHOLE_WORD);
    private int drained;

    /** Remembers an id; {@code false} if it is known already. */
    boolean add(long high, long low) {
        if (OrderKey.isSerial(high, low)) {
            int prefix = serials.prefixOf(high);
            if (prefix != SerialIds.NONE) {
                return serials.add(prefix, low);
            }
        }
        if (others.find(high, low) != RecordLog.NONE) {
            return false;
        }
        others.add(high, low);
        return true;
    }

    int size() {
        return serials.size() + others.size();
    }

    /** Bytes of all tables, for the promise of at most 24 bytes an id. */
    long tableBytes() {
        return serials.tableBytes() + others.tableBytes();
    }

    /** The ids added since the last call: how many others, their words, then pages of serial ids. */
    byte[] drain() {
        int count = others.size() - drained;
        int pages = serials.changedPages();
        if (count == 0 && pages == 0) {
            return new byte[0];
        }
        int bytes =
                Math.addExact(Math.multiplyExact(count, ENTRY_BYTES), Math.multiplyExact(pages, SerialIds.PAGE_BYTES));
        ByteBuffer into =
                ByteBuffer.allocate(Math.addExact(bytes, Integer.BYTES)).putInt(count);
        for (; drained < others.size(); drained++) {
            into.putLong(others.first(drained)).putLong(others.second(drained));
        }
        serials.drain(into);
        return into.array();
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(byte[] drainedIds) {
        if (drainedIds.length == 0) {
            return;
        }
        ByteBuffer from = ByteBuffer.wrap(drainedIds);
        for (int left = from.getInt(); left > 0; left--) {
            long high = from.getLong();
            long low = from.getLong();
            if (others.find(high, low) == RecordLog.NONE) {
                others.add(high, low);
            }
        }
        drained = others.size();
        serials.restore(from);
    }

    void clear() {
        serials.clear();
        others.clear();
        drained = 0;
    }
}
