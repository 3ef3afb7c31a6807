package io.crossbook.clearing.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local time of day as calendar files write it: {@code 09:30}, {@code 17:00-1} for the evening before the date,
 * {@code 00:00+1} for the midnight that ends it.
 *
 * @param minute minutes from the midnight that begins the date, negative on the day before
 */
record DayTime(int minute) implements Comparable<DayTime> {
    private static final int MINUTES_OF_DAY = 24 * 60;
    private static final Pattern FORM = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])([+-]1)?");

    static Optional<DayTime> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int day = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        int hour = Integer.parseInt(form.group(1));
        return Optional.of(new DayTime(day * MINUTES_OF_DAY + hour * 60 + Integer.parseInt(form.group(2))));
    }

    LocalDateTime on(LocalDate date) {
        return date.atStartOfDay().plusMinutes(minute);
    }

    boolean isBefore(DayTime other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(DayTime other) {
        return Integer.compare(minute, other.minute);
    }
}
