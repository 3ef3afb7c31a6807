package io.crossbook.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A 128-bit fingerprint of text and numbers, which stands for them wherever equality is asked.
 *
 * <p>Two 64-bit lanes take up each word of input with different multipliers and feed each other, as MurmurHash3 does;
 * every step is a bijection of the 128 bits, so inputs of one word never collide. Texts carry their length, so that
 * ("ab", "c") and ("a", "bc") differ. An instance is a reusable accumulator: {@link #clear}, add, {@link #finish}, read
 * {@link #high} and {@link #low}. {@code low} is never zero, which tables use as their empty mark.
 */
public final class Fingerprint {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int CHARS_PER_WORD = 4;
    private static final int BITS_PER_CHAR = 16;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A length no text has: marks an absent field. */
    private static final long ABSENT = -1;

    private long high;
    private long low;

    /** The fingerprint of one text in this instance. */
    public Fingerprint of(CharSequence text) {
        return clear().text(text).finish();
    }

    public Fingerprint clear() {
        high = 0;
        low = 0;
        return this;
    }

    public Fingerprint text(@Nullable CharSequence text) {
        if (text == null) {
            return number(ABSENT);
        }
        int length = text.length();
        int i = 0;
        for (; i + CHARS_PER_WORD <= length; i += CHARS_PER_WORD) {
            number(text.charAt(i)
                    | (long) text.charAt(i + 1) << BITS_PER_CHAR
                    | (long) text.charAt(i + 2) << 2 * BITS_PER_CHAR
                    | (long) text.charAt(i + 3) << 3 * BITS_PER_CHAR);
        }
        long rest = 0;
        for (int shift = 0; i < length; i++, shift += BITS_PER_CHAR) {
            rest |= (long) text.charAt(i) << shift;
        }
        // At most three characters are left, so the top 16 bits are free for the length.
        return number(rest | (long) length << 3 * BITS_PER_CHAR);
    }

    /** Bytes with their length. */
    public Fingerprint bytes(byte[] source, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            number((long) EIGHT_BYTES.get(source, i));
        }
        long rest = 0;
        for (int shift = 0; i < to; i++, shift += Byte.SIZE) {
            rest |= (source[i] & 0xffL) << shift;
        }
        // At most seven bytes are left, so the top byte is free for the length.
        return number(rest | (long) (to - from) << 7 * Byte.SIZE);
    }

    /** Decimals are taken up as numbers: 1.50 and 1.5 are the same. */
    public Fingerprint decimal(@Nullable Decimal value) {
        return text(value == null ? null : value.toString());
    }

    public Fingerprint number(long word) {
        long h = Long.rotateLeft(high ^ Long.rotateLeft(word * C1, 31) * C2, 27) + low;
        high = h * 5 + 0x52dce729;
        low = (Long.rotateLeft(low ^ Long.rotateLeft(word * C2, 33) * C1, 31) + high) * 5 + 0x38495ab5;
        return this;
    }

    public Fingerprint finish() {
        high += low;
        low += high;
        high = avalanche(high);
        low = avalanche(low);
        high += low;
        low += high;
        if (low == 0) {
            low = 1;
        }
        return this;
    }

    private static long avalanche(long word) {
        long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }
}
