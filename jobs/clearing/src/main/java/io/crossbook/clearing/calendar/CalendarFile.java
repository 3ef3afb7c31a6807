package io.crossbook.clearing.calendar;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a calendar file. It must be right as a whole: every fault is told, with line and rule.
 *
 * <p>The columns are {@code record,date,last,name,days,zone,open,close,break_start,break_end}; a line may leave out
 * what is empty at its end. Every record holds from {@code date} to {@code last}, inclusive, or on {@code date} alone.
 *
 * <ul>
 *   <li>{@code SESSION}: regular hours in local time of an IANA {@code zone}, on {@code days} (empty is
 *       {@code MON-FRI}). Each begins on the day after the one before ends; together they are the calendar's claim.
 *   <li>{@code HOLIDAY}: no session, with a name. On a day without a session it changes nothing.
 *   <li>{@code HALF_DAY}: other hours on a day with a session. An empty open or close is the regular one; there is a
 *       break only if the line has one.
 *   <li>{@code EXTRA}: a session on a day without, with hours as for a half day.
 * </ul>
 */
final class CalendarFile {
    /** Nanoseconds since 1970 in a {@code long} end on that day. */
    private static final LocalDate LAST_DATE = LocalDate.of(2262, 4, 11);

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setCommentMarker('#')
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private final String name;
    private final String place;
    private final List<String> faults = new ArrayList<>();
    private final NavigableMap<LocalDate, Schedule> schedules = new TreeMap<>();
    private final Map<LocalDate, SpecialDay> specialDays = new HashMap<>();
    private final Map<LocalDate, Long> lineByDate = new HashMap<>();

    private CalendarFile(String name, String place) {
        this.name = name;
        this.place = place;
    }

    /**
     * @param place that faults name
     * @throws IllegalArgumentException with a line for every fault
     */
    static BusinessCalendar read(String name, String place, Reader reader) {
        CalendarFile file = new CalendarFile(name, place);
        List<CalendarLine> lines = file.lines(reader);
        file.requireNoFaults();
        lines.stream().filter(CalendarLine::isSession).forEach(file::addSchedule);
        if (file.schedules.isEmpty() && file.faults.isEmpty()) {
            file.faults.add(place + ": has no SESSION; regular hours must be there, from a date to a last date");
        }
        file.requireNoFaults();
        lines.stream().filter(line -> !line.isSession()).forEach(file::addSpecialDays);
        file.requireNoFaults();
        BusinessCalendar calendar = new BusinessCalendar(name, file.schedules, file.specialDays);
        file.judgeOverlap(calendar);
        file.requireNoFaults();
        return calendar;
    }

    private void requireNoFaults() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private List<CalendarLine> lines(Reader reader) {
        List<CalendarLine> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            boolean headed = false;
            for (CSVRecord record : parser) {
                CalendarLine line = new CalendarLine(place, parser.getCurrentLineNumber(), record, faults);
                if (headed) {
                    line.judgeShape();
                    lines.add(line);
                } else {
                    line.judgeHeader();
                    requireNoFaults();
                    headed = true;
                }
            }
        } catch (UncheckedIOException noCsv) {
            addUnreadable(noCsv.getCause());
        } catch (IOException unreadable) {
            addUnreadable(unreadable);
        }
        return lines;
    }

    private void addUnreadable(IOException cause) {
        faults.add(
                cause instanceof CharacterCodingException
                        ? place + ": must be UTF-8"
                        : place + ": is no CSV: " + cause.getMessage());
    }

    private void addSchedule(CalendarLine line) {
        LocalDate first = line.date();
        LocalDate last = line.last();
        Optional<Set<DayOfWeek>> days = line.days();
        Optional<SessionHours> hours = line.regularHours();
        LocalDate due = schedules.isEmpty() ? first : claimedLast().plusDays(1);
        if (first.isBefore(LocalDate.EPOCH) || last.isAfter(LAST_DATE)) {
            line.fault(
                    "a SESSION must lie in " + LocalDate.EPOCH + " to " + LAST_DATE + ", was " + first + " to " + last);
        } else if (!first.equals(due)) {
            line.fault("date must be " + due + ", the day after the SESSION before, was " + first);
        } else if (days.isPresent() && hours.isPresent()) {
            schedules.put(first, new Schedule(first, last, days.get(), hours.get()));
        }
    }

    private LocalDate claimedLast() {
        return schedules.lastEntry().getValue().last();
    }

    private void addSpecialDays(CalendarLine line) {
        line.judgeSpecial();
        LocalDate last = line.last();
        if (line.date().isBefore(schedules.firstKey()) || last.isAfter(claimedLast())) {
            line.fault("must lie in " + schedules.firstKey() + " to " + claimedLast()
                    + ", the dates of the SESSION records, was " + line.date() + " to " + last);
            return;
        }
        for (LocalDate date = line.date(); !date.isAfter(last); date = date.plusDays(1)) {
            addSpecialDay(line, date);
        }
    }

    private void addSpecialDay(CalendarLine line, LocalDate date) {
        Schedule schedule = schedules.floorEntry(date).getValue();
        Long earlier = lineByDate.putIfAbsent(date, line.number());
        if (earlier != null) {
            line.fault("a date must be there once, " + date + " is on line " + earlier + " already");
        } else if (line.isHoliday()) {
            specialDays.put(date, new SpecialDay(line.name(), Optional.empty()));
        } else if (line.isExtra() == schedule.trades(date)) {
            line.fault(
                    line.isExtra()
                            ? "EXTRA must be a day without a session, " + date + " has one; other hours are a HALF_DAY"
                            : "HALF_DAY must be a day with a session, " + date + " has none; an added one is an EXTRA");
        } else {
            line.hoursInsteadOf(schedule.hours())
                    .ifPresent(hours -> specialDays.put(date, new SpecialDay(line.name(), Optional.of(hours))));
        }
    }

    /** In local time, which orders sessions as their zone does. */
    private void judgeOverlap(BusinessCalendar calendar) {
        LocalDateTime close = LocalDateTime.MIN;
        for (LocalDate date = calendar.firstDate(); !date.isAfter(calendar.lastDate()); date = date.plusDays(1)) {
            Optional<SessionHours> hours = calendar.hoursOn(date);
            if (hours.isPresent()) {
                if (hours.get().open().on(date).isBefore(close)) {
                    faults.add(place + ": the session of " + date + " must not open before the one before it closes");
                    return;
                }
                close = hours.get().close().on(date);
            }
        }
    }
}
