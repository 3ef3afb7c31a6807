package io.crossbook.pnl;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The trade ids of all external fills that were booked in a run, each with a fingerprint of its content and the sequence
 * that brought it.
 *
 * <p>Layout: entries of five {@code long}s (id, content, sequence) in the order they came, in blocks that are never
 * moved, and an open-addressing table of entry numbers over them, at most seven eighths full and growing by half. That is
 * 40 bytes and 4.6 to 6.9 more for an entry. Since entries only ever come to the end, what is new since the last snapshot
 * is a tail of them.
 */
final class TradeIds {
    static final int NONE = -1;

    private static final byte VERSION = 1;
    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    private static final int CONTENT_HIGH = 2;
    private static final int CONTENT_LOW = 3;
    private static final int SEQUENCE = 4;
    private static final int LONGS = 5;
    private static final int BLOCK_ENTRIES = 128;
    private static final int FIRST_TABLE = 16;

    private final List<long[]> blocks = new ArrayList<>();
    /** Entry number plus one; 0 is free. */
    private int[] table = new int[FIRST_TABLE];

    private int size;
    private int drained;

    /** The entry of an id, or {@link #NONE}. */
    int find(Fingerprint id) {
        for (int at = firstPlace(id.low()); table[at] != 0; at = nextPlace(at)) {
            int entry = table[at] - 1;
            if (value(entry, ID_LOW) == id.low() && value(entry, ID_HIGH) == id.high()) {
                return entry;
            }
        }
        return NONE;
    }

    boolean hasContent(int entry, Fingerprint content) {
        return value(entry, CONTENT_HIGH) == content.high() && value(entry, CONTENT_LOW) == content.low();
    }

    /** Sequence of the fill that used the id first. */
    long sequence(int entry) {
        return value(entry, SEQUENCE);
    }

    /** Remembers an id that is not there yet. */
    void add(Fingerprint id, Fingerprint content, long sequence) {
        if ((size + 1) * 8L > table.length * 7L) {
            grow();
        }
        if (size % BLOCK_ENTRIES == 0) {
            blocks.add(new long[BLOCK_ENTRIES * LONGS]);
        }
        long[] block = blocks.get(size / BLOCK_ENTRIES);
        int at = size % BLOCK_ENTRIES * LONGS;
        block[at + ID_HIGH] = id.high();
        block[at + ID_LOW] = id.low();
        block[at + CONTENT_HIGH] = content.high();
        block[at + CONTENT_LOW] = content.low();
        block[at + SEQUENCE] = sequence;
        index(size);
        size++;
    }

    private long value(int entry, int field) {
        return blocks.get(entry / BLOCK_ENTRIES)[entry % BLOCK_ENTRIES * LONGS + field];
    }

    private void index(int entry) {
        int at = firstPlace(value(entry, ID_LOW));
        while (table[at] != 0) {
            at = nextPlace(at);
        }
        table[at] = entry + 1;
    }

    /** Spreads the upper 32 bits over a table of any length. */
    private int firstPlace(long idLow) {
        return (int) ((idLow >>> 32) * table.length >>> 32);
    }

    private int nextPlace(int at) {
        return at + 1 == table.length ? 0 : at + 1;
    }

    private void grow() {
        table = new int[table.length + table.length / 2];
        for (int entry = 0; entry < size; entry++) {
            index(entry);
        }
    }

    /** The entries added since the last call, as versioned bytes; empty if there are none. */
    byte[] drainNew() {
        if (drained == size) {
            return new byte[0];
        }
        ByteBuffer bytes = ByteBuffer.allocate(1 + (size - drained) * LONGS * Long.BYTES);
        bytes.put(VERSION);
        for (; drained < size; drained++) {
            for (int field = 0; field < LONGS; field++) {
                bytes.putLong(value(drained, field));
            }
        }
        return bytes.array();
    }

    /** Takes back what {@link #drainNew} gave, in the same order. */
    void restore(byte[] drainedBytes) {
        if (drainedBytes.length == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(drainedBytes);
        StateVersion.require("trade ids of a ledger", VERSION, bytes.get());
        while (bytes.hasRemaining()) {
            Fingerprint id = new Fingerprint(bytes.getLong(), bytes.getLong());
            Fingerprint content = new Fingerprint(bytes.getLong(), bytes.getLong());
            add(id, content, bytes.getLong());
        }
        drained = size;
    }
}
