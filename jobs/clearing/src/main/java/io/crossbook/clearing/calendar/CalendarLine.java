package io.crossbook.clearing.calendar;

import io.crossbook.clearing.calendar.SessionHours.Recess;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/** One record of a calendar file; what is wrong with a field becomes a fault and reads as absent. */
final class CalendarLine {
    private static final List<String> COLUMNS =
            List.of("record", "date", "last", "name", "days", "zone", "open", "close", "break_start", "break_end");
    private static final List<String> HOURS = List.of("open", "close", "break_start", "break_end");
    private static final List<String> RECORDS = List.of("SESSION", "HOLIDAY", "HALF_DAY", "EXTRA");
    private static final int LETTERS_OF_DAY = 3;

    private final String place;
    private final long number;
    private final CSVRecord record;
    private final List<String> faults;

    CalendarLine(String place, long number, CSVRecord record, List<String> faults) {
        this.place = place;
        this.number = number;
        this.record = record;
        this.faults = faults;
    }

    long number() {
        return number;
    }

    boolean isSession() {
        return field("record").equals("SESSION");
    }

    boolean isHoliday() {
        return field("record").equals("HOLIDAY");
    }

    boolean isExtra() {
        return field("record").equals("EXTRA");
    }

    String name() {
        return field("name");
    }

    void judgeHeader() {
        String columns = String.join(",", COLUMNS);
        String found = String.join(",", record.toList());
        boolean marked = found.startsWith("\uFEFF");
        if (!columns.equals(marked ? found.substring(1) : found)) {
            fault("the first line must be " + columns + ", was \"" + found + '"');
        }
    }

    /** What every record must have; the rest may be asked only of a line without a fault. */
    void judgeShape() {
        if (record.size() > COLUMNS.size()) {
            fault("a line must have at most " + COLUMNS.size() + " fields, this one has " + record.size());
        }
        if (!RECORDS.contains(field("record"))) {
            wrong("record", "one of " + String.join(", ", RECORDS));
        }
        boolean dated = judgeDate("date");
        if (!isEmpty("last") && judgeDate("last") && dated && last().isBefore(date())) {
            wrong("last", "a date not before " + date());
        }
    }

    private boolean judgeDate(String column) {
        try {
            LocalDate.parse(field(column));
            return true;
        } catch (DateTimeException noDate) {
            wrong(column, "a date like 2024-03-15");
            return false;
        }
    }

    LocalDate date() {
        return LocalDate.parse(field("date"));
    }

    LocalDate last() {
        return isEmpty("last") ? date() : LocalDate.parse(field("last"));
    }

    /** What a record other than SESSION must have, and what it must leave to the SESSION. */
    void judgeSpecial() {
        if (name().isEmpty()) {
            fault("name is missing; it says why the date is special");
        }
        judgeEmpty("days");
        judgeEmpty("zone");
        if (isHoliday()) {
            HOURS.forEach(this::judgeEmpty);
        } else if (!isExtra() && HOURS.stream().allMatch(this::isEmpty)) {
            fault("a HALF_DAY must have an open or a close that is not the regular one");
        }
    }

    private void judgeEmpty(String column) {
        if (!isEmpty(column)) {
            wrong(column, "empty in a " + field("record"));
        }
    }

    Optional<Set<DayOfWeek>> days() {
        if (isEmpty("days")) {
            return Optional.of(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        }
        String[] ends = field("days").split("-", -1);
        Optional<DayOfWeek> first = day(ends[0]);
        Optional<DayOfWeek> last = day(ends[ends.length - 1]);
        if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
            wrong("days", "days like MON-FRI, SUN-THU or SAT");
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.of(first.get(), last.get());
        for (DayOfWeek day = first.get(); day != last.get(); day = day.plus(1)) {
            days.add(day);
        }
        return Optional.of(days);
    }

    private static Optional<DayOfWeek> day(String text) {
        return EnumSet.allOf(DayOfWeek.class).stream()
                .filter(day -> day.name().substring(0, LETTERS_OF_DAY).equals(text))
                .findFirst();
    }

    Optional<SessionHours> regularHours() {
        Optional<ZoneId> zone = zone();
        Optional<DayTime> open = time("open");
        Optional<DayTime> close = time("close");
        return zone.isEmpty() || open.isEmpty() || close.isEmpty()
                ? Optional.empty()
                : hours(zone.get(), open.get(), close.get());
    }

    /** Hours of this date, regular where the line says nothing. */
    Optional<SessionHours> hoursInsteadOf(SessionHours regular) {
        Optional<DayTime> open = isEmpty("open") ? Optional.of(regular.open()) : time("open");
        Optional<DayTime> close = isEmpty("close") ? Optional.of(regular.close()) : time("close");
        return open.isEmpty() || close.isEmpty() ? Optional.empty() : hours(regular.zone(), open.get(), close.get());
    }

    private Optional<ZoneId> zone() {
        String zone = field("zone");
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            wrong("zone", "a zone like America/New_York or UTC");
            return Optional.empty();
        }
        return Optional.of(ZoneId.of(zone));
    }

    private Optional<DayTime> time(String column) {
        Optional<DayTime> time = DayTime.parse(field(column));
        if (time.isEmpty()) {
            wrong(column, "a time like 09:30, 17:00-1 on the day before or 00:00+1 on the day after");
        }
        return time;
    }

    private Optional<SessionHours> hours(ZoneId zone, DayTime open, DayTime close) {
        if (!open.isBefore(close)) {
            wrong("close", "after the open; an open on the evening before ends in -1");
            return Optional.empty();
        }
        if (isEmpty("break_start") && isEmpty("break_end")) {
            return Optional.of(new SessionHours(zone, open, close, Optional.empty()));
        }
        Optional<DayTime> start = time("break_start");
        Optional<DayTime> end = time("break_end");
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (!open.isBefore(start.get())
                || !start.get().isBefore(end.get())
                || !end.get().isBefore(close)) {
            fault("a break must start and end between open and close, was " + field("break_start") + " to "
                    + field("break_end"));
            return Optional.empty();
        }
        return Optional.of(new SessionHours(zone, open, close, Optional.of(new Recess(start.get(), end.get()))));
    }

    private boolean isEmpty(String column) {
        return field(column).isEmpty();
    }

    private String field(String column) {
        int index = COLUMNS.indexOf(column);
        return index < record.size() ? record.get(index) : "";
    }

    private void wrong(String column, String rule) {
        fault(column + " must be " + rule + ", was \"" + field(column) + '"');
    }

    void fault(String fault) {
        faults.add(place + ':' + number + ": " + fault);
    }
}
