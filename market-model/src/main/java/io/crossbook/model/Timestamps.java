package io.crossbook.model;

import java.time.LocalDate;

/** Times as nanoseconds since 1970 UTC, written as RFC 3339 with nine decimals. */
public final class Timestamps {
    public static final long NANOS_PER_SECOND = 1_000_000_000L;
    public static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

    private Timestamps() {}

    /** {@code 2024-01-02T03:04:05.000000006Z}. */
    public static String format(long nanos) {
        return append(new StringBuilder(30), nanos).toString();
    }

    public static StringBuilder append(StringBuilder text, long nanos) {
        long day = Math.floorDiv(nanos, NANOS_PER_DAY);
        long ofDay = Math.floorMod(nanos, NANOS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        int second = (int) (ofDay / NANOS_PER_SECOND);
        text.append(date).append('T');
        twoDigits(text, second / 3600).append(':');
        twoDigits(text, second / 60 % 60).append(':');
        twoDigits(text, second % 60).append('.');
        long fraction = ofDay % NANOS_PER_SECOND;
        for (long ten = NANOS_PER_SECOND / 10; ten > 0; ten /= 10) {
            text.append((char) ('0' + fraction / ten % 10));
        }
        return text.append('Z');
    }

    private static StringBuilder twoDigits(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** The UTC date of a time, as days since 1970. */
    public static long utcDay(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_DAY);
    }
}
