package io.crossbook.model;

/** Numbers as ASCII digits straight into a byte array: rows are made of them. */
public final class AsciiNumbers {
    /** Longest text of a {@code long}. */
    public static final int MOST_BYTES = 20;

    private static final int MOST_DIGITS = 19;
    private static final long[] TEN_TO = new long[MOST_DIGITS];
    /** The digits of 00 to 99. */
    private static final byte[] PAIRS = new byte[200];

    static {
        TEN_TO[0] = 1;
        for (int i = 1; i < TEN_TO.length; i++) {
            TEN_TO[i] = TEN_TO[i - 1] * 10;
        }
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private AsciiNumbers() {}

    /** How many digits a number of zero or more has. */
    public static int digits(long number) {
        // 1233 / 4096 is nearly log10(2).
        int guess = (Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233 >>> 12;
        return guess < MOST_DIGITS && number >= TEN_TO[guess] ? guess + 1 : Math.max(guess, 1);
    }

    /** Writes a number and returns where it ends; there must be room for {@value #MOST_BYTES} bytes. */
    public static int write(long number, byte[] target, int at) {
        if (number < 0) {
            if (number == Long.MIN_VALUE) {
                // Its opposite is no long.
                return padded(808, 3, target, padded(922_337_203_685_477_5L, 16, target, minus(target, at)));
            }
            return write(-number, target, minus(target, at));
        }
        return padded(number, digits(number), target, at);
    }

    private static int minus(byte[] target, int at) {
        target[at] = '-';
        return at + 1;
    }

    /** Writes a number of zero or more with leading zeros to {@code width} digits, which it must fit. */
    public static int padded(long number, int width, byte[] target, int at) {
        int end = at + width;
        int place = end;
        long left = number;
        while (left > Integer.MAX_VALUE) {
            long hundreds = left / 100;
            place = pair((int) (left - hundreds * 100), target, place);
            left = hundreds;
        }
        int rest = (int) left;
        while (place - at >= 2) {
            int hundreds = rest / 100;
            place = pair(rest - hundreds * 100, target, place);
            rest = hundreds;
        }
        if (place > at) {
            target[at] = (byte) ('0' + rest);
        }
        return end;
    }

    private static int pair(int value, byte[] target, int end) {
        target[end - 1] = PAIRS[2 * value + 1];
        target[end - 2] = PAIRS[2 * value];
        return end - 2;
    }
}
