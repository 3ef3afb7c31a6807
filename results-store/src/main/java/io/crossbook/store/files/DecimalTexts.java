package io.crossbook.store.files;

import io.crossbook.model.Decimal;

/**
 * The text of prices and quantities, which come again and again: a direct-mapped table of those written last, by digits
 * and scale, so that most are copied and not made.
 */
final class DecimalTexts {
    /** Room for any text that is kept, in whole words. */
    static final int MOST_BYTES = 24;

    private static final int PLACE_BITS = 11;
    private static final int PLACES = 1 << PLACE_BITS;
    /** 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] unscaled = new long[PLACES];
    /** Scale plus one; zero where nothing is kept. */
    private final byte[] scales = new byte[PLACES];

    private final byte[] lengths = new byte[PLACES];
    private final byte[] texts = new byte[PLACES * MOST_BYTES];

    /** Writes a number and returns where it ends; there must be room for {@value #MOST_BYTES} and {@link Decimal#mostBytes}. */
    int write(Decimal number, byte[] target, int at) {
        if (!number.isCompact()) {
            return number.writeTo(target, at);
        }
        long digits = number.unscaled();
        int scale = number.scale();
        int place = (int) ((digits * SPREAD + scale) * SPREAD >>> Long.SIZE - PLACE_BITS);
        if (unscaled[place] != digits || scales[place] != scale + 1) {
            int from = place * MOST_BYTES;
            lengths[place] = (byte) (number.writeTo(texts, from) - from);
            unscaled[place] = digits;
            scales[place] = (byte) (scale + 1);
        }
        return WordCopy.copy(texts, place * MOST_BYTES, lengths[place], target, at);
    }
}
