package io.crossbook.clearing.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Business days and sessions of one market, for the dates from {@link #firstDate()} to {@link #lastDate()} that it
 * claims to know. It never guesses: a date outside the claim is refused.
 *
 * <p>A business day is a date with a session. What trades after a close belongs to the next business day, so that the
 * business day lasts from one close to the next, the closing moment itself not included. Immutable.
 */
public final class BusinessCalendar {
    private static final SortedSet<String> BUNDLED = Collections.unmodifiableSortedSet(
            new TreeSet<>(List.of("24-7", "bvmf", "cmes", "xbom", "xhkg", "xlon", "xnys", "xtks")));

    /** Those that were asked for: reading one means looking at each of its days. */
    private static final Map<String, BusinessCalendar> READ = new ConcurrentHashMap<>();

    private final String name;
    private final NavigableMap<LocalDate, Schedule> schedules;
    private final Map<LocalDate, SpecialDay> specialDays;
    private final LocalDate firstDate;
    private final LocalDate lastDate;

    /** @param schedules by first date, each beginning on the day after the one before ends */
    BusinessCalendar(String name, NavigableMap<LocalDate, Schedule> schedules, Map<LocalDate, SpecialDay> specialDays) {
        this.name = name;
        this.schedules = new TreeMap<>(schedules);
        this.specialDays = Map.copyOf(specialDays);
        this.firstDate = schedules.firstEntry().getValue().first();
        this.lastDate = schedules.lastEntry().getValue().last();
    }

    /** Names that {@link #bundled} knows. */
    public static SortedSet<String> bundledNames() {
        return BUNDLED;
    }

    /**
     * A calendar that comes with the program.
     *
     * @throws IllegalArgumentException if there is none of that name; it names those there are
     */
    public static BusinessCalendar bundled(String name) {
        if (!BUNDLED.contains(name)) {
            throw new IllegalArgumentException(
                    "no calendar \"" + name + "\"; calendars are " + String.join(", ", BUNDLED));
        }
        return READ.computeIfAbsent(name, BusinessCalendar::readBundled);
    }

    private static BusinessCalendar readBundled(String name) {
        String resource = "/calendars/" + name + ".csv";
        try (InputStream bytes = BusinessCalendar.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            return CalendarFile.read(name, resource, new InputStreamReader(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " cannot be read", unreadable);
        }
    }

    /**
     * The calendar of a file, named as the file without {@code .csv}.
     *
     * @throws IllegalArgumentException naming every fault with its place
     */
    public static BusinessCalendar read(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
        try (Reader reader = Files.newBufferedReader(file)) {
            return CalendarFile.read(name, file.toString(), reader);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * The calendar of a text in the form of a calendar file.
     *
     * @param name of the calendar, and the place that faults name
     * @throws IllegalArgumentException naming every fault with its place
     */
    public static BusinessCalendar read(String name, Reader reader) {
        return CalendarFile.read(name, name, reader);
    }

    public String name() {
        return name;
    }

    /** First date of the claim, a business day or not. */
    public LocalDate firstDate() {
        return firstDate;
    }

    /** Last date of the claim, inclusive. */
    public LocalDate lastDate() {
        return lastDate;
    }

    /** @throws IllegalArgumentException for a date outside the claim */
    public boolean isBusinessDay(LocalDate date) {
        return hoursOn(date).isPresent();
    }

    /**
     * The first business day after the date.
     *
     * @throws IllegalArgumentException if the date or the answer is outside the claim
     */
    public LocalDate next(LocalDate date) {
        requireClaimed(date);
        LocalDate day = date.plusDays(1);
        while (!isBusinessDay(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /**
     * The last business day before the date.
     *
     * @throws IllegalArgumentException if the date or the answer is outside the claim
     */
    public LocalDate previous(LocalDate date) {
        requireClaimed(date);
        LocalDate day = date.minusDays(1);
        while (!isBusinessDay(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    /**
     * The n-th business day after the date.
     *
     * @param businessDays zero or more; zero gives the date itself if it is a business day, otherwise the next one
     * @throws IllegalArgumentException if the date or the answer is outside the claim
     */
    public LocalDate plus(LocalDate date, int businessDays) {
        if (businessDays < 0) {
            throw new IllegalArgumentException("business days must be zero or more, was " + businessDays);
        }
        if (businessDays == 0) {
            return isBusinessDay(date) ? date : next(date);
        }
        LocalDate day = date;
        for (int i = 0; i < businessDays; i++) {
            day = next(day);
        }
        return day;
    }

    /**
     * The trading hours of a business day.
     *
     * @throws IllegalArgumentException if the date is no business day, with the reason, or outside the claim
     */
    public Session session(LocalDate date) {
        return hoursOn(date)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": " + date + " is no business day: " + reasonToClose(date)))
                .on(date);
    }

    /**
     * The business day of a trade: the one whose session is the first that closes after the time.
     *
     * <p>A session's business day begins, inclusive, where the session before closes. That of the first session in the
     * claim begins with the first date, or with the open if that is earlier.
     *
     * @param nanos since 1970 UTC
     * @throws IllegalArgumentException if that session is outside the claim
     */
    public LocalDate businessDateOf(long nanos) {
        Instant time = Instant.ofEpochSecond(0, nanos);
        if (isBeforeTheFirstSession(time, nanos)) {
            throw outsideClaim("the business day of " + time);
        }
        // In UTC, no session closes later than two days after its date, whatever its zone and hours.
        LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate().minusDays(2);
        if (day.isBefore(firstDate)) {
            day = firstDate;
        }
        while (!day.isAfter(lastDate)) {
            if (closesAfter(nanos, day)) {
                return day;
            }
            day = day.plusDays(1);
        }
        throw outsideClaim("the business day of " + time);
    }

    private boolean isBeforeTheFirstSession(Instant time, long nanos) {
        SessionHours hours = schedules.firstEntry().getValue().hours();
        if (!time.atZone(hours.zone()).toLocalDate().isBefore(firstDate)) {
            return false;
        }
        return !isBusinessDay(firstDate) || nanos < session(firstDate).open();
    }

    private boolean closesAfter(long nanos, LocalDate date) {
        Optional<SessionHours> hours = hoursOn(date);
        return hours.isPresent() && hours.get().closeOn(date) > nanos;
    }

    /** The hours of a business day. */
    Optional<SessionHours> hoursOn(LocalDate date) {
        requireClaimed(date);
        SpecialDay special = specialDays.get(date);
        if (special != null) {
            return special.hours();
        }
        Schedule schedule = schedules.floorEntry(date).getValue();
        return schedule.trades(date) ? Optional.of(schedule.hours()) : Optional.empty();
    }

    private String reasonToClose(LocalDate date) {
        SpecialDay special = specialDays.get(date);
        return special == null ? date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) : special.name();
    }

    private void requireClaimed(LocalDate date) {
        if (date.isBefore(firstDate) || date.isAfter(lastDate)) {
            throw outsideClaim(date.toString());
        }
    }

    private IllegalArgumentException outsideClaim(String what) {
        return new IllegalArgumentException("calendar " + name + " knows " + firstDate + " to " + lastDate + ", " + what
                + " is outside; choose another --calendar, or name a calendar file of your own that holds it");
    }
}
