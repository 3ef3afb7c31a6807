package io.crossbook.clearing.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/** Regular hours in force from {@code first} to {@code last}, inclusive, on some days of the week. */
record Schedule(LocalDate first, LocalDate last, Set<DayOfWeek> days, SessionHours hours) {
    boolean trades(LocalDate date) {
        return days.contains(date.getDayOfWeek());
    }
}
