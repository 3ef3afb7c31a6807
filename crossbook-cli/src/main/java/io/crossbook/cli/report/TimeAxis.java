package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The time of a run cut into intervals: few enough to draw, and of a length that people know.
 *
 * @param first start of the first interval, seconds since 1970 UTC
 * @param seconds length of an interval
 * @param size number of intervals, one or more
 */
record TimeAxis(long first, long seconds, int size) {
    private static final int MOST_INTERVALS = 520;
    static final long DAY = 86_400;
    private static final long[] LENGTHS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, DAY
    };

    static TimeAxis of(JsonNode firstTimestamp, JsonNode lastTimestamp) {
        if (!firstTimestamp.isTextual() || !lastTimestamp.isTextual()) {
            return new TimeAxis(0, 1, 1);
        }
        return of(second(firstTimestamp.asText()), second(lastTimestamp.asText()));
    }

    static TimeAxis of(long from, long to) {
        long span = Math.max(0, to - from) + 1;
        long length = span / MOST_INTERVALS / DAY * DAY + DAY;
        for (int i = LENGTHS.length - 1; i >= 0; i--) {
            if (LENGTHS[i] * MOST_INTERVALS >= span) {
                length = LENGTHS[i];
            }
        }
        long first = Math.floorDiv(from, length) * length;
        return new TimeAxis(first, length, (int) ((to - first) / length) + 1);
    }

    /** The interval of a time; what lies outside goes to the nearest. */
    int index(long second) {
        return (int) Math.max(0, Math.min(size - 1, (second - first) / seconds));
    }

    /** Start of an interval, seconds since 1970 UTC. */
    long start(int index) {
        return first + index * seconds;
    }

    /** Seconds since 1970 UTC of an RFC 3339 time in UTC. */
    static long second(String time) {
        return Instant.parse(time).getEpochSecond();
    }
}
