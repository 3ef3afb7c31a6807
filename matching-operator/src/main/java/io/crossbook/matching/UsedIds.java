package io.crossbook.matching;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The order ids used on the trading day, as 128-bit fingerprints, at no more than 24 bytes each.
 *
 * <p>Layout: a filter in which each id sets four bits of one word, 16 to 32 bits an id. Nearly every new id finds one
 * of its bits unset, so one look tells that it is new. The word is given by the first bits of the fingerprint's low word,
 * the bits by its high word. Then it is only noted; the noted ids are put away together into
 * segments of at most {@value Segment#LARGEST}, found by those first bits through a directory that grows
 * when it must (extendible hashing), so growing never moves much at once. Only an id whose bits are all set, one new id in
 * hundreds, is looked up in its segment.
 *
 * <p>The ids of a segment stand in the order they came; those behind {@code drained} were not yet handed out for
 * safekeeping.
 */
final class UsedIds {
    static final int ENTRY_BYTES = 2 * Long.BYTES;

    private static final int FEWEST_NOTED = 32;
    private static final int MOST_NOTED = 128;
    /** Room for noted ids is a small part of what they join. */
    private static final int IDS_PER_NOTED = 32;

    private static final int IDS_PER_WORD = 4;
    private static final int SMALLEST_FILTER = 16;

    private long[] noted = new long[2 * FEWEST_NOTED];
    private int notedCount;
    private long[] filter;
    /** Makes a low word the number of its word in the filter. */
    private int filterShift;

    private Segment[] directory;
    private int depth;
    private int putAway;

    UsedIds() {
        newFilter(SMALLEST_FILTER);
        directory = new Segment[] {new Segment(0)};
    }

    private void newFilter(int words) {
        filter = new long[words];
        filterShift = Long.SIZE - Integer.numberOfTrailingZeros(words);
    }

    /** Remembers an id; {@code false} if it is known already. */
    boolean add(long high, long low) {
        int word = (int) (low >>> filterShift);
        long bits = bits(high);
        if ((filter[word] & bits) == bits && contains(high, low)) {
            return false;
        }
        filter[word] |= bits;
        noted[2 * notedCount] = high;
        noted[2 * notedCount + 1] = low;
        if (2 * ++notedCount == noted.length) {
            putAwayNoted();
        }
        return true;
    }

    /** Four bits of a word: shifts take the lowest 6 bits of their distance. */
    private static long bits(long high) {
        return 1L << high | 1L << (high >>> 6) | 1L << (high >>> 12) | 1L << (high >>> 18);
    }

    private boolean contains(long high, long low) {
        putAwayNoted();
        return segmentOf(low).contains(high, low);
    }

    private void putAwayNoted() {
        for (int i = 0; i < 2 * notedCount; i += 2) {
            Segment segment = segmentOf(noted[i + 1]);
            if (segment.isFull()) {
                segment = split(segment, noted[i + 1]);
            }
            segment.add(noted[i], noted[i + 1]);
        }
        putAway = Math.addExact(putAway, notedCount);
        notedCount = 0;
        if (noted.length < 2 * MOST_NOTED && noted.length / 2 < putAway / IDS_PER_NOTED) {
            noted = new long[2 * noted.length];
        }
        growFilter();
    }

    /** The filter must have room for the ids that will be noted next, too. */
    private void growFilter() {
        long ids = putAway + noted.length / 2;
        if (ids <= (long) IDS_PER_WORD * filter.length) {
            return;
        }
        int words = filter.length;
        while (ids > (long) IDS_PER_WORD * words) {
            words = Math.multiplyExact(words, 2);
        }
        newFilter(words);
        for (int i = 0; i < directory.length; i = nextSegment(i)) {
            directory[i].addTo(filter, filterShift);
        }
    }

    private Segment segmentOf(long low) {
        return directory[depth == 0 ? 0 : (int) (low >>> -depth)];
    }

    /** Splits the segment of {@code low} until there is room; one part takes all ids only by the rarest chance. */
    private Segment split(Segment full, long low) {
        Segment segment = full;
        while (segment.isFull()) {
            if (segment.depth == depth) {
                growDirectory();
            }
            Segment[] parts = segment.split();
            int span = 1 << depth - parts[0].depth;
            int from = (int) (low >>> -depth) & -(span * parts.length);
            for (int part = 0; part < parts.length; part++) {
                Arrays.fill(directory, from + part * span, from + (part + 1) * span, parts[part]);
            }
            segment = segmentOf(low);
        }
        return segment;
    }

    private void growDirectory() {
        Segment[] grown = new Segment[Math.multiplyExact(directory.length, Segment.PARTS)];
        for (int i = 0; i < grown.length; i++) {
            grown[i] = directory[i / Segment.PARTS];
        }
        directory = grown;
        depth += Segment.PART_BITS;
    }

    int size() {
        return putAway + notedCount;
    }

    /** Bytes of all tables, for the promise of at most 24 bytes an id. */
    long tableBytes() {
        long bytes = (long) directory.length * Integer.BYTES + (long) (filter.length + noted.length) * Long.BYTES;
        for (int i = 0; i < directory.length; i = nextSegment(i)) {
            bytes += directory[i].tableBytes();
        }
        return bytes;
    }

    /** Where the directory leaves the segment at {@code i} behind. */
    private int nextSegment(int i) {
        return i + (1 << depth - directory[i].depth);
    }

    /** The ids added since the last call, 16 bytes each. */
    byte[] drain() {
        putAwayNoted();
        int fresh = 0;
        for (int i = 0; i < directory.length; i = nextSegment(i)) {
            fresh = Math.addExact(fresh, directory[i].fresh());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(fresh, ENTRY_BYTES));
        for (int i = 0; i < directory.length; i = nextSegment(i)) {
            directory[i].drainTo(bytes);
        }
        return bytes.array();
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(byte[] drained) {
        ByteBuffer bytes = ByteBuffer.wrap(drained);
        while (bytes.hasRemaining()) {
            add(bytes.getLong(), bytes.getLong());
        }
        putAwayNoted();
        for (int i = 0; i < directory.length; i = nextSegment(i)) {
            directory[i].markDrained();
        }
    }

    void clear() {
        notedCount = 0;
        newFilter(SMALLEST_FILTER);
        directory = new Segment[] {new Segment(0)};
        depth = 0;
        putAway = 0;
    }

    /** Ids whose low words share the first {@code depth} bits, in chunks. */
    private static final class Segment {
        static final int LARGEST = 4096;
        static final int PART_BITS = 2;
        static final int PARTS = 1 << PART_BITS;

        private static final int CHUNK_SHIFT = 7;
        private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

        final int depth;
        private final long[][] chunks = new long[LARGEST >> CHUNK_SHIFT][];
        private int size;
        private int drained;

        Segment(int depth) {
            this.depth = depth;
        }

        boolean isFull() {
            return size == LARGEST;
        }

        boolean contains(long high, long low) {
            for (int from = 0; from < size; from += 1 << CHUNK_SHIFT) {
                long[] chunk = chunks[from >> CHUNK_SHIFT];
                // What lies behind the last id of a chunk is zero, which low never is.
                for (int at = 0; at < chunk.length; at += 2) {
                    if (chunk[at + 1] == low && chunk[at] == high) {
                        return true;
                    }
                }
            }
            return false;
        }

        void add(long high, long low) {
            int at = 2 * (size & CHUNK_MASK);
            if (at == 0) {
                chunks[size >> CHUNK_SHIFT] = new long[2 << CHUNK_SHIFT];
            }
            long[] chunk = chunks[size++ >> CHUNK_SHIFT];
            chunk[at] = high;
            chunk[at + 1] = low;
        }

        void addTo(long[] filter, int shift) {
            for (int from = 0; from < size; from += 1 << CHUNK_SHIFT) {
                long[] chunk = chunks[from >> CHUNK_SHIFT];
                int end = 2 * Math.min(1 << CHUNK_SHIFT, size - from);
                for (int at = 0; at < end; at += 2) {
                    filter[(int) (chunk[at + 1] >>> shift)] |= bits(chunk[at]);
                }
            }
        }

        /** The ids by the next bits of their low word, each part in the order they came. */
        Segment[] split() {
            Segment[] parts = new Segment[PARTS];
            Arrays.setAll(parts, part -> new Segment(depth + PART_BITS));
            for (int number = 0; number < size; number++) {
                long[] chunk = chunks[number >> CHUNK_SHIFT];
                int at = 2 * (number & CHUNK_MASK);
                Segment part = parts[(int) (chunk[at + 1] >>> -depth - PART_BITS) & PARTS - 1];
                part.add(chunk[at], chunk[at + 1]);
                part.drained += number < drained ? 1 : 0;
            }
            return parts;
        }

        int fresh() {
            return size - drained;
        }

        void drainTo(ByteBuffer bytes) {
            for (; drained < size; drained++) {
                long[] chunk = chunks[drained >> CHUNK_SHIFT];
                int at = 2 * (drained & CHUNK_MASK);
                bytes.putLong(chunk[at]).putLong(chunk[at + 1]);
            }
        }

        void markDrained() {
            drained = size;
        }

        long tableBytes() {
            int used = size + CHUNK_MASK >> CHUNK_SHIFT;
            return (long) used * (ENTRY_BYTES << CHUNK_SHIFT) + (long) chunks.length * Integer.BYTES;
        }
    }
}
