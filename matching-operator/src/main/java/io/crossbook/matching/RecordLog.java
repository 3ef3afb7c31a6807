package io.crossbook.matching;

import java.util.Arrays;

/**
 * Records of two words in the order they came, found by the words that make up their key, at less than 24 bytes each.
 *
 * <p>Layout: records never move; they lie in chunks, and beside each a link, the number of a record + 1 or 0, to the
 * record before it in its bucket. A bucket, found by the first bits of a hash of the key, is a filter of 64 bits, of
 * which each record sets four that the last bits of the hash give, and beside it the link to its latest record. Nearly
 * every new key finds one of its bits unset, so one look tells that it is new. The others, less than one in a hundred,
 * and those that are known follow the links of their bucket, five on average. When the buckets double they are filled
 * again from the records.
 */
final class RecordLog {
    static final int NONE = -1;
    private static final int RECORD_BYTES = 2 * Long.BYTES;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int FEWEST_BUCKETS = 64;
    /** Right after doubling a bucket has half as many: 12 bytes for 3.4 records, beside the 20 of each. */
    private static final double MOST_PER_BUCKET = 6.8;

    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    private static final int SMALLEST_CHUNKS = 4;

    /** A bucket: the halves of its filter, then the link to its latest record. */
    private static final int BUCKET_INTS = 3;

    private static final int LATEST = 2;

    /** The bits of the second word that belong to the key; the first belongs to it whole. */
    private final long keyBits;

    private int[] buckets;
    /** Makes a hash the number of its bucket. */
    private int bucketShift;

    private long[][] chunks;
    private int[][] links;
    private int size;

    RecordLog(long keyBits) {
        this.keyBits = keyBits;
        clear();
    }

    int size() {
        return size;
    }

    long first(int record) {
        return chunks[record >>> CHUNK_SHIFT][2 * (record & CHUNK_MASK)];
    }

    long second(int record) {
        return chunks[record >>> CHUNK_SHIFT][2 * (record & CHUNK_MASK) + 1];
    }

    /** Adds bits that are no part of the key to the second word. */
    void addBits(int record, long bits) {
        chunks[record >>> CHUNK_SHIFT][2 * (record & CHUNK_MASK) + 1] |= bits;
    }

    /** The record with this key, or {@link #NONE}. */
    int find(long first, long second) {
        long hash = hash(first, second);
        int bucket = bucketOf(hash);
        int left = bits(hash);
        int right = bits(hash >>> 10);
        boolean mayBeHere = (buckets[bucket] & left) == left && (buckets[bucket + 1] & right) == right;
        return mayBeHere ? follow(buckets[bucket + LATEST], first, second) : NONE;
    }

    private int follow(int latest, long first, long second) {
        int link = latest;
        while (link != 0) {
            int record = link - 1;
            if (first(record) == first && ((second(record) ^ second) & keyBits) == 0) {
                return record;
            }
            link = links[record >>> CHUNK_SHIFT][record & CHUNK_MASK];
        }
        return NONE;
    }

    /** Adds a record whose key is not here; returns its number, from 0. */
    int add(long first, long second) {
        int record = size;
        int at = record & CHUNK_MASK;
        if (at == 0) {
            startChunk();
        }
        long[] chunk = chunks[record >>> CHUNK_SHIFT];
        chunk[2 * at] = first;
        chunk[2 * at + 1] = second;
        join(record, hash(first, second));
        return record;
    }

    private long hash(long first, long second) {
        long mixed = (first ^ first >>> 32) * SPREAD ^ second & keyBits;
        return mixed ^ mixed >>> 29;
    }

    private int bucketOf(long hash) {
        return (int) (hash >>> bucketShift) * BUCKET_INTS;
    }

    /** Two bits of half a filter: shifts take the lowest 5 bits of their distance. */
    private static int bits(long hash) {
        return 1 << (int) hash | 1 << (int) (hash >>> 5);
    }

    /** Makes the next record the latest of its bucket. */
    private void join(int record, long hash) {
        int bucket = bucketOf(hash);
        links[record >>> CHUNK_SHIFT][record & CHUNK_MASK] = buckets[bucket + LATEST];
        buckets[bucket] |= bits(hash);
        buckets[bucket + 1] |= bits(hash >>> 10);
        buckets[bucket + LATEST] = ++size;
    }

    /** The buckets are looked at once a chunk: there must be enough for all its records. */
    private void startChunk() {
        int number = size >>> CHUNK_SHIFT;
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * number);
            links = Arrays.copyOf(links, 2 * number);
        }
        int count = buckets.length / BUCKET_INTS;
        if (Math.addExact(size, 1 << CHUNK_SHIFT) > MOST_PER_BUCKET * count) {
            newBuckets(Math.multiplyExact(2, count));
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
        int records = size;
        size = 0;
        while (size < records) {
            join(size, hash(first(size), second(size)));
        }
    }

    long tableBytes() {
        int used = size + CHUNK_MASK >>> CHUNK_SHIFT;
        return (long) buckets.length * Integer.BYTES
                + 2L * chunks.length * Integer.BYTES
                + (long) used * (RECORD_BYTES + Integer.BYTES << CHUNK_SHIFT);
    }

    void clear() {
        newBuckets(FEWEST_BUCKETS);
        chunks = new long[SMALLEST_CHUNKS][];
        links = new int[SMALLEST_CHUNKS][];
        size = 0;
    }
}
