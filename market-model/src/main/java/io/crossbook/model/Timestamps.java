package io.crossbook.model;

import java.nio.charset.StandardCharsets;

/** Times as nanoseconds since 1970 UTC, written as RFC 3339 with nine decimals. */
public final class Timestamps {
    public static final long NANOS_PER_SECOND = 1_000_000_000L;
    public static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int FRACTION_DIGITS = 9;
    /** Length of {@code 2024-01-02T03:04:05.000000006Z}. */
    private static final int BYTES = 30;

    private Timestamps() {}

    /** {@code 2024-01-02T03:04:05.000000006Z}. */
    public static String format(long nanos) {
        byte[] text = new byte[BYTES];
        long second = Math.floorDiv(nanos, NANOS_PER_SECOND);
        int end = writeSecond(second, text, 0);
        end = AsciiNumbers.padded(nanos - second * NANOS_PER_SECOND, FRACTION_DIGITS, text, end);
        text[end] = 'Z';
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Writes {@code 2024-01-02T03:04:05.}, of a second since 1970 UTC, and returns where it ends. */
    public static int writeSecond(long second, byte[] target, int at) {
        int ofDay = Math.floorMod(second, SECONDS_PER_DAY);
        int end = writeDate(Math.floorDiv(second, SECONDS_PER_DAY), target, at);
        end = part(ofDay / 3600, 'T', target, end);
        end = part(ofDay / 60 % 60, ':', target, end);
        end = part(ofDay % 60, ':', target, end);
        target[end] = '.';
        return end + 1;
    }

    private static int part(int value, char before, byte[] target, int at) {
        target[at] = (byte) before;
        return AsciiNumbers.padded(value, 2, target, at + 1);
    }

    /**
     * The Gregorian date of a day since 1970, by whole eras of 400 years that begin on 1 March of the year 0, so that leap days
     * come last: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
     */
    private static int writeDate(long day, byte[] target, int at) {
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int ofEra = Math.floorMod(shifted, 146_097);
        int year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * year + year / 4 - year / 100);
        int fromMarch = (5 * ofYear + 2) / 153;
        int dayOfMonth = ofYear - (153 * fromMarch + 2) / 5 + 1;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int end = AsciiNumbers.padded(year + era * 400 + (month <= 2 ? 1 : 0), 4, target, at);
        end = part(month, '-', target, end);
        return part(dayOfMonth, '-', target, end);
    }

    /** The UTC date of a time, as days since 1970. */
    public static long utcDay(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_DAY);
    }
}
