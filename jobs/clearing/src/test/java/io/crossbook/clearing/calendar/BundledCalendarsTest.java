package io.crossbook.clearing.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the calendars that come with the program to sessions that others publish, beside the repository or where
 * {@code crossbook.data} says: {@code calendars/NAME.csv.gz} with date, open, close, start and end of a break, in UTC.
 */
class BundledCalendarsTest {
    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"bvmf", "cmes", "xbom", "xhkg", "xlon", "xnys", "xtks"})
    void everySessionOfTheClaimIsThatOfTheExchange(String name) throws IOException {
        BusinessCalendar calendar = BusinessCalendar.bundled(name);
        TreeMap<LocalDate, Session> published = published(name);
        LocalDate last = calendar.lastDate().isBefore(published.lastKey()) ? calendar.lastDate() : published.lastKey();

        Set<Session> expected = Set.copyOf(
                published.subMap(calendar.firstDate(), true, last, true).values());
        Set<Session> found = calendar.firstDate()
                .datesUntil(last.plusDays(1))
                .filter(calendar::isBusinessDay)
                .map(calendar::session)
                .collect(Collectors.toSet());

        assertThat(expected).as("published sessions").isNotEmpty();
        assertThat(without(expected, found))
                .as("sessions of the exchange that %s lacks", name)
                .isEmpty();
        assertThat(without(found, expected))
                .as("sessions of %s that the exchange lacks", name)
                .isEmpty();
    }

    @Test
    void theNamesAreThoseOfTheFiles() throws IOException, URISyntaxException {
        URL folder = BusinessCalendar.class.getResource("/calendars");
        assertThat(folder).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".csv", "")))
                    .containsExactlyInAnyOrderElementsOf(BusinessCalendar.bundledNames());
        }
    }

    private static List<Session> without(Set<Session> sessions, Set<Session> others) {
        return sessions.stream().filter(session -> !others.contains(session)).toList();
    }

    private static TreeMap<LocalDate, Session> published(String name) throws IOException {
        TreeMap<LocalDate, Session> sessions = new TreeMap<>();
        for (String line : lines(realData("calendars/" + name + ".csv.gz"))) {
            Session session = session(line.split(",", -1));
            sessions.put(session.date(), session);
        }
        return sessions;
    }

    /** The file, or a skipped test with the reason printed. */
    private static Path realData(String name) {
        Path path = Path.of(System.getProperty("crossbook.data", "../../../shared/data"), name);
        boolean there = Files.isReadable(path);
        if (!there) {
            System.out.println("skipped: no real data at " + path + "; set -Dcrossbook.data");
        }
        assumeTrue(there, () -> "no real data at " + path);
        return path;
    }

    /** The lines below the header. */
    private static List<String> lines(Path gzip) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        }
    }

    private static Session session(String[] fields) {
        Optional<Session.Break> lunchBreak = fields[3].isEmpty()
                ? Optional.empty()
                : Optional.of(new Session.Break(nanos(fields[3]), nanos(fields[4])));
        LocalDate date = LocalDate.parse(fields[0].substring(0, fields[0].indexOf('T')));
        return new Session(date, nanos(fields[1]), nanos(fields[2]), lunchBreak);
    }

    private static long nanos(String time) {
        return Instant.parse(time).getEpochSecond() * NANOS_OF_SECOND;
    }
}
