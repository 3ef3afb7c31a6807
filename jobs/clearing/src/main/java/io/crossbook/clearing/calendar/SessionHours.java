package io.crossbook.clearing.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Local trading hours in a zone, from which the session of a date follows; daylight saving is the zone's. */
record SessionHours(ZoneId zone, DayTime open, DayTime close, Optional<Recess> lunchBreak) {
    private static final long NANOS_OF_SECOND = 1_000_000_000L;
    private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    /** A break in local time. */
    record Recess(DayTime start, DayTime end) {}

    Session on(LocalDate date) {
        return new Session(
                date,
                nanos(open.on(date)),
                closeOn(date),
                lunchBreak.map(recess -> new Session.Break(
                        nanos(recess.start().on(date)), nanos(recess.end().on(date)))));
    }

    long closeOn(LocalDate date) {
        return nanos(close.on(date));
    }

    /** The last day that a {@code long} reaches ends within it, not at midnight. */
    private long nanos(LocalDateTime local) {
        Instant time = local.atZone(zone).toInstant();
        return time.isAfter(LAST)
                ? Long.MAX_VALUE
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_OF_SECOND), time.getNano());
    }
}
