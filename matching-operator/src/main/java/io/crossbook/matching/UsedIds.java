package io.crossbook.matching;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The order ids used on the trading day, as 128-bit fingerprints, at no more than 24 bytes each.
 *
 * <p>Layout: a log of records in the order the ids came, which never move: the fingerprint, in chunks of two words an
 * id, and beside it a link, the number of a record + 1 or 0, to the record
 * before it in its bucket. A bucket, found by the first bits of the fingerprint's low word, is a filter of 64 bits, of
 * which each id sets four that its high word gives, and beside it the link to its latest record. Nearly every new id
 * finds one of its bits unset, so one look tells that it is new. The others, less than one in a hundred, and those that
 * are known follow the links of their bucket, five on average.
 *
 * <p>When the buckets double they are filled again from the log. The ids behind {@code drained} were not yet handed out
 * for safekeeping.
 */
final class UsedIds {
    static final int ENTRY_BYTES = 2 * Long.BYTES;

    private static final int FEWEST_BUCKETS = 64;
    /** Right after doubling a bucket has half as many ids: 12 bytes for 3.4 of them, beside the 20 of each record. */
    private static final double MOST_IDS_PER_BUCKET = 6.8;

    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    private static final int SMALLEST_CHUNKS = 4;

    /** A bucket: the halves of its filter, then the link to its latest record. */
    private static final int BUCKET_INTS = 3;

    private static final int LATEST = 2;

    private int[] buckets;
    /** Makes a low word the number of its bucket. */
    private int bucketShift;

    private long[][] chunks;
    private int[][] links;
    /** The chunk that the next record goes to, once there is one, and its links. */
    private long[] chunk;

    private int[] chunkLinks;

    private int size;
    private int drained;

    UsedIds() {
        clear();
    }

    /** Remembers an id; {@code false} if it is known already. */
    boolean add(long high, long low) {
        int bucket = bucketOf(low);
        int left = bits(high);
        int right = bits(high >>> 10);
        if ((buckets[bucket] & left) == left
                && (buckets[bucket + 1] & right) == right
                && contains(buckets[bucket + LATEST], high, low)) {
            return false;
        }
        int at = size & CHUNK_MASK;
        if (at == 0) {
            startChunk();
            // There may be more buckets now.
            bucket = bucketOf(low);
        }
        chunk[2 * at] = high;
        chunk[2 * at + 1] = low;
        chunkLinks[at] = join(bucket, left, right);
        return true;
    }

    private int bucketOf(long low) {
        return (int) (low >>> bucketShift) * BUCKET_INTS;
    }

    /** Two bits of half a filter: shifts take the lowest 5 bits of their distance. */
    private static int bits(long high) {
        return 1 << (int) high | 1 << (int) (high >>> 5);
    }

    /** Makes the next record the latest of a bucket; returns the link to the one before. */
    private int join(int bucket, int left, int right) {
        int before = buckets[bucket + LATEST];
        buckets[bucket] |= left;
        buckets[bucket + 1] |= right;
        buckets[bucket + LATEST] = ++size;
        return before;
    }

    private boolean contains(int first, long high, long low) {
        int link = first;
        while (link != 0) {
            long[] from = chunks[link - 1 >>> CHUNK_SHIFT];
            int at = link - 1 & CHUNK_MASK;
            if (from[2 * at] == high && from[2 * at + 1] == low) {
                return true;
            }
            link = links[link - 1 >>> CHUNK_SHIFT][at];
        }
        return false;
    }

    /** The buckets are looked at once a chunk: there must be enough for all its ids. */
    private void startChunk() {
        int number = size >>> CHUNK_SHIFT;
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * number);
            links = Arrays.copyOf(links, 2 * number);
        }
        int count = buckets.length / BUCKET_INTS;
        if (Math.addExact(size, 1 << CHUNK_SHIFT) > MOST_IDS_PER_BUCKET * count) {
            newBuckets(Math.multiplyExact(2, count));
            fillBuckets();
        }
        chunk = new long[2 << CHUNK_SHIFT];
        chunks[number] = chunk;
        chunkLinks = new int[1 << CHUNK_SHIFT];
        links[number] = chunkLinks;
    }

    private void newBuckets(int count) {
        buckets = new int[Math.multiplyExact(count, BUCKET_INTS)];
        bucketShift = Long.SIZE - Integer.numberOfTrailingZeros(count);
    }

    /** Puts all records into new buckets in the order they came; their chunks are full. */
    private void fillBuckets() {
        int records = size;
        size = 0;
        while (size < records) {
            long[] from = chunks[size >>> CHUNK_SHIFT];
            int at = size & CHUNK_MASK;
            long high = from[2 * at];
            links[size >>> CHUNK_SHIFT][at] = join(bucketOf(from[2 * at + 1]), bits(high), bits(high >>> 10));
        }
    }

    int size() {
        return size;
    }

    /** Bytes of all tables, for the promise of at most 24 bytes an id. */
    long tableBytes() {
        int used = size + CHUNK_MASK >>> CHUNK_SHIFT;
        return (long) buckets.length * Integer.BYTES
                + 2L * chunks.length * Integer.BYTES
                + (long) used * (ENTRY_BYTES + Integer.BYTES << CHUNK_SHIFT);
    }

    /** The ids added since the last call, 16 bytes each. */
    byte[] drain() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size - drained, ENTRY_BYTES));
        for (; drained < size; drained++) {
            long[] from = chunks[drained >>> CHUNK_SHIFT];
            int at = 2 * (drained & CHUNK_MASK);
            bytes.putLong(from[at]).putLong(from[at + 1]);
        }
        return bytes.array();
    }

    /** Takes back what {@link #drain} gave out. */
    void restore(byte[] drainedIds) {
        ByteBuffer bytes = ByteBuffer.wrap(drainedIds);
        while (bytes.hasRemaining()) {
            add(bytes.getLong(), bytes.getLong());
        }
        drained = size;
    }

    void clear() {
        newBuckets(FEWEST_BUCKETS);
        chunks = new long[SMALLEST_CHUNKS][];
        links = new int[SMALLEST_CHUNKS][];
        chunk = new long[0];
        chunkLinks = new int[0];
        size = 0;
        drained = 0;
    }
}
