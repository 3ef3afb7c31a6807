package io.crossbook.cli.report;

/** Reads the times of a run's files, remembering the last minute: rows in time order mostly share it. */
final class TimeText {
    private static final int MINUTE_DIGITS = 16;

    private String minute = "";
    private long minuteStart;

    /** Seconds since 1970 UTC. */
    long second(String time) {
        if (!time.regionMatches(0, minute, 0, MINUTE_DIGITS)) {
            minute = time.substring(0, MINUTE_DIGITS);
            minuteStart = TimeAxis.second(minute + ":00Z");
        }
        return minuteStart + (time.charAt(17) - '0') * 10 + (time.charAt(18) - '0');
    }
}
