package io.crossbook.matching;

import java.util.Arrays;

/**
 * Ids of two words in the order they came, found again at less than 24 bytes each.
 *
 * <p>Layout: ids never move; they lie in chunks, and beside each a link, the number of an id + 1 or 0, to the one before
 * it in its bucket. A bucket, found by the first bits of a hash of the id, is a filter of 64 bits, of which each id sets
 * four that the last bits of the hash give, and beside it the link to its latest id. Nearly every new id finds one of
 * its bits unset, so one look tells that it is new. The others, less than one in a hundred, and those that are known
 * follow the links of their bucket, five on average. When the buckets double they are filled again from the ids.
 */
final class IdLog {
    private static final int ID_BYTES = 2 * Long.BYTES;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int FEWEST_BUCKETS = 64;
    /** Right after doubling a bucket has half as many: 12 bytes for 3.4 ids, beside the 20 of each. */
    private static final double MOST_PER_BUCKET = 6.8;

    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    private static final int SMALLEST_CHUNKS = 4;

    /** A bucket: the halves of its filter, then the link to its latest id. */
    private static final int BUCKET_INTS = 3;

    private static final int LATEST = 2;

    private int[] buckets = {};
    /** Makes a hash the number of its bucket. */
    private int bucketShift;

    private long[][] chunks = new long[SMALLEST_CHUNKS][];
    private int[][] links = new int[SMALLEST_CHUNKS][];
    private int size;

    int size() {
        return size;
    }

    long high(int id) {
        return chunks[id >>> CHUNK_SHIFT][2 * (id & CHUNK_MASK)];
    }

    long low(int id) {
        return chunks[id >>> CHUNK_SHIFT][2 * (id & CHUNK_MASK) + 1];
    }

    /** Adds an id; {@code false} if it is here already. */
    boolean add(long high, long low) {
        long hash = hash(high, low);
        if (size > 0 && isKnown(hash, high, low)) {
            return false;
        }
        int at = size & CHUNK_MASK;
        if (at == 0) {
            startChunk();
        }
        long[] chunk = chunks[size >>> CHUNK_SHIFT];
        chunk[2 * at] = high;
        chunk[2 * at + 1] = low;
        join(size, hash);
        return true;
    }

    private boolean isKnown(long hash, long high, long low) {
        int bucket = bucketOf(hash);
        int left = bits(hash);
        int right = bits(hash >>> 10);
        if ((buckets[bucket] & left) != left || (buckets[bucket + 1] & right) != right) {
            return false;
        }
        int link = buckets[bucket + LATEST];
        while (link != 0) {
            int id = link - 1;
            if (high(id) == high && low(id) == low) {
                return true;
            }
            link = links[id >>> CHUNK_SHIFT][id & CHUNK_MASK];
        }
        return false;
    }

    private static long hash(long high, long low) {
        long mixed = (high ^ high >>> 32) * SPREAD ^ low * (SPREAD << 1 | 1);
        return mixed ^ mixed >>> 29;
    }

    private int bucketOf(long hash) {
        return (int) (hash >>> bucketShift) * BUCKET_INTS;
    }

    /** Two bits of half a filter: shifts take the lowest 5 bits of their distance. */
    private static int bits(long hash) {
        return 1 << (int) hash | 1 << (int) (hash >>> 5);
    }

    /** Makes the next id the latest of its bucket. */
    private void join(int id, long hash) {
        int bucket = bucketOf(hash);
        links[id >>> CHUNK_SHIFT][id & CHUNK_MASK] = buckets[bucket + LATEST];
        buckets[bucket] |= bits(hash);
        buckets[bucket + 1] |= bits(hash >>> 10);
        buckets[bucket + LATEST] = ++size;
    }

    /** The buckets are looked at once a chunk: there must be enough for all its ids. */
    private void startChunk() {
        int number = size >>> CHUNK_SHIFT;
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * number);
            links = Arrays.copyOf(links, 2 * number);
        }
        int count = buckets.length / BUCKET_INTS;
        if (Math.addExact(size, 1 << CHUNK_SHIFT) > MOST_PER_BUCKET * count) {
            newBuckets(Math.max(FEWEST_BUCKETS, Math.multiplyExact(2, count)));
            fillBuckets();
        }
        chunks[number] = new long[2 << CHUNK_SHIFT];
        links[number] = new int[1 << CHUNK_SHIFT];
    }

    private void newBuckets(int count) {
        buckets = new int[Math.multiplyExact(count, BUCKET_INTS)];
        bucketShift = Long.SIZE - Integer.numberOfTrailingZeros(count);
    }

    private void fillBuckets() {
        int ids = size;
        size = 0;
        while (size < ids) {
            join(size, hash(high(size), low(size)));
        }
    }

    long tableBytes() {
        int used = size + CHUNK_MASK >>> CHUNK_SHIFT;
        return (long) buckets.length * Integer.BYTES
                + 2L * chunks.length * Integer.BYTES
                + (long) used * (ID_BYTES + Integer.BYTES << CHUNK_SHIFT);
    }

    void clear() {
        buckets = new int[0];
        chunks = new long[SMALLEST_CHUNKS][];
        links = new int[SMALLEST_CHUNKS][];
        size = 0;
    }
}
