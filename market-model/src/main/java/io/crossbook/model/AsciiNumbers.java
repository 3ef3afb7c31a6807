package io.crossbook.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as ASCII digits straight into a byte array: rows are made of them. */
public final class AsciiNumbers {
    /** Longest text of a {@code long}. */
    public static final int MOST_BYTES = 20;

    private static final int MOST_DIGITS = 19;
    private static final int EIGHT_DIGITS = 100_000_000;
    /** The character 0 eight times. */
    private static final long ZEROS = 0x3030_3030_3030_3030L;

    private static final long LAST_DIGIT = 1L << 7 * Byte.SIZE;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

    /**
     * Writes a number and returns where it ends; there must be room for {@value #MOST_BYTES} bytes, of which those behind the
     * number are of no meaning afterwards.
     */
    public static int write(long number, byte[] target, int at) {
        if (number < 0) {
            if (number == Long.MIN_VALUE) {
                // Its opposite is no long.
                int end = write(Long.MAX_VALUE, target, minus(target, at));
                target[end - 1]++;
                return end;
            }
            return write(-number, target, minus(target, at));
        }
        if (number < EIGHT_DIGITS) {
            long digits = digitsOf((int) number);
            // The last digit stays if all are zero.
            int zeros = Long.numberOfTrailingZeros(digits | LAST_DIGIT) / Byte.SIZE;
            EIGHT_BYTES.set(target, at, (digits | ZEROS) >>> zeros * Byte.SIZE);
            return at + Long.BYTES - zeros;
        }
        long high = number / EIGHT_DIGITS;
        return eightDigits((int) (number - high * EIGHT_DIGITS), target, write(high, target, at));
    }

    private static int minus(byte[] target, int at) {
        target[at] = '-';
        return at + 1;
    }

    /** Writes a number of zero to 99,999,999 with leading zeros to eight digits. */
    public static int eightDigits(int number, byte[] target, int at) {
        EIGHT_BYTES.set(target, at, digitsOf(number) | ZEROS);
        return at + Long.BYTES;
    }

    /**
     * The eight digits as the eight bytes of a word, the first one lowest. Split in halves three times, all parts at once;
     * the products are quotients by 100 and by 10, exact for the numbers they can meet.
     */
    private static long digitsOf(int number) {
        long fours = number / 10_000 | (long) (number % 10_000) << 32;
        long hundreds = (fours * 10_486 >>> 20) & 0x0000_007f_0000_007fL;
        long twos = (fours - 100 * hundreds << 16) + hundreds;
        long tens = (twos * 103 >>> 10) & 0x000f_000f_000f_000fL;
        return (twos - 10 * tens << 8) + tens;
    }

    /** Writes a number of zero or more with leading zeros to {@code width} digits, which it must fit. */
    public static int padded(long number, int width, byte[] target, int at) {
        long left = number;
        int place = at + width;
        while (place - at >= Long.BYTES) {
            place -= Long.BYTES;
            long high = left / EIGHT_DIGITS;
            eightDigits((int) (left - high * EIGHT_DIGITS), target, place);
            left = high;
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
        return at + width;
    }

    private static int pair(int value, byte[] target, int end) {
        target[end - 1] = PAIRS[2 * value + 1];
        target[end - 2] = PAIRS[2 * value];
        return end - 2;
    }
}
