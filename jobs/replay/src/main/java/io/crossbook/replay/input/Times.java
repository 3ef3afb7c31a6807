package io.crossbook.replay.input;

import io.crossbook.model.Timestamps;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads a time: RFC 3339 with up to nine decimals and a zone ({@code T} or a blank between date and time), or whole
 * nanoseconds since 1970 UTC; from 1970 to 2262.
 */
final class Times {
    /** Said of text that is no time. No time of ours is negative. */
    static final long NONE = -1;

    private static final int LONGEST_DIGITS = 19;
    /** {@code 2024-01-02T03:04:05Z}. */
    private static final int SHORTEST_TEXT = 20;

    /** The date read last, since neighbours share it: as the number yyyymmdd, and as days since 1970. */
    private int lastDate;

    private long lastDay;

    long read(byte[] text, int from, int to) {
        int length = to - from;
        boolean isDate = length >= SHORTEST_TEXT && text[from + 4] == '-';
        return isDate ? readDateTime(text, from, to) : readNanos(text, from, to);
    }

    private static long readNanos(byte[] text, int from, int to) {
        if (to == from || to - from > LONGEST_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        // Nineteen digits wrap at most once, to a negative number.
        return value < 0 ? NONE : value;
    }

    private long readDateTime(byte[] text, int from, int to) {
        int month = twoDigits(text, from + 5);
        int dayOfMonth = twoDigits(text, from + 8);
        int hour = twoDigits(text, from + 11);
        int minute = twoDigits(text, from + 14);
        int second = twoDigits(text, from + 17);
        int year = twoDigits(text, from) * 100 + twoDigits(text, from + 2);
        byte between = text[from + 10];
        boolean shaped = text[from + 7] == '-'
                && (between == 'T' || between == 't' || between == ' ')
                && text[from + 13] == ':'
                && text[from + 16] == ':';
        // A pair that is no digits is far below zero, and so is what is made of it.
        if (!shaped || (month | dayOfMonth | hour | minute | second | year) < 0) {
            return NONE;
        }
        if (hour > 23 || minute > 59 || second > 59 || !goTo(year, month, dayOfMonth)) {
            return NONE;
        }
        int i = from + 19;
        long fraction = 0;
        if (text[i] == '.') {
            int first = ++i;
            for (; i < to && text[i] >= '0' && text[i] <= '9'; i++) {
                fraction = i - first < 9 ? fraction * 10 + (text[i] - '0') : fraction;
            }
            int digits = i - first;
            if (digits == 0 || digits > 9) {
                return NONE;
            }
            for (int d = digits; d < 9; d++) {
                fraction *= 10;
            }
        }
        long offset = offsetSeconds(text, i, to);
        if (offset == NO_OFFSET) {
            return NONE;
        }
        return nanos(lastDay * 86_400 + hour * 3_600L + minute * 60L + second - offset, fraction);
    }

    /** Nanoseconds of a time, {@link #NONE} outside 1970 to 2262. */
    static long nanos(long seconds, long fraction) {
        long most = Long.MAX_VALUE / Timestamps.NANOS_PER_SECOND;
        if (seconds < 0 || seconds > most) {
            return NONE;
        }
        long nanos = seconds * Timestamps.NANOS_PER_SECOND + fraction;
        return nanos < 0 ? NONE : nanos;
    }

    private boolean goTo(int year, int month, int dayOfMonth) {
        int date = year * 10_000 + month * 100 + dayOfMonth;
        if (date != lastDate) {
            // The day before 1970 and the year after 2262 are read since a zone can bring them back into range.
            boolean exists = year >= 1969 && year <= 2262 && month >= 1 && month <= 12 && dayOfMonth >= 1;
            if (!exists || dayOfMonth > YearMonth.of(year, month).lengthOfMonth()) {
                return false;
            }
            lastDate = date;
            lastDay = LocalDate.of(year, month, dayOfMonth).toEpochDay();
        }
        return true;
    }

    private static final long NO_OFFSET = Long.MIN_VALUE;

    /** Seconds east of UTC of {@code Z} or {@code +hh:mm}. */
    private static long offsetSeconds(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 1 && (text[from] == 'Z' || text[from] == 'z')) {
            return 0;
        }
        if (length != 6 || text[from + 3] != ':' || (text[from] != '+' && text[from] != '-')) {
            return NO_OFFSET;
        }
        int hours = twoDigits(text, from + 1);
        int minutes = twoDigits(text, from + 4);
        if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) {
            return NO_OFFSET;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return text[from] == '-' ? -seconds : seconds;
    }

    private static int twoDigits(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
    }
}
