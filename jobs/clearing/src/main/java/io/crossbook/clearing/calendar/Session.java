package io.crossbook.clearing.calendar;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Trading hours of one business day, in nanoseconds since 1970 UTC.
 *
 * @param date the business date, the ClearingBusinessDate(715) of what trades in it
 * @param open first nanosecond; may lie on the evening before the date
 * @param close end, exclusive
 * @param lunchBreak when trading pauses, between open and close
 */
public record Session(LocalDate date, long open, long close, Optional<Break> lunchBreak) {
    public Session {
        requireBefore(date, "open", open, "close", close);
        if (lunchBreak.isPresent()) {
            requireBefore(
                    date, "open", open, "start of the break", lunchBreak.get().start());
            requireBefore(date, "end of the break", lunchBreak.get().end(), "close", close);
        }
    }

    private static void requireBefore(LocalDate date, String earlier, long early, String later, long late) {
        if (early >= late) {
            throw new IllegalArgumentException("session of " + date + ": " + earlier + " must be before " + later
                    + ", was " + early + " against " + late);
        }
    }

    /** A pause from {@code start} to {@code end}, exclusive, in nanoseconds since 1970 UTC. */
    public record Break(long start, long end) {
        public Break {
            if (start >= end) {
                throw new IllegalArgumentException("a break must start before it ends, was " + start + " to " + end);
            }
        }
    }
}
