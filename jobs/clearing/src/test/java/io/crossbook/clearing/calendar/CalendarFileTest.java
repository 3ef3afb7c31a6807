package io.crossbook.clearing.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CalendarFileTest {
    private static final String HEADER = "record,date,last,name,days,zone,open,close,break_start,break_end";
    private static final String BERLIN = "SESSION,2024-01-01,2024-12-31,,,Europe/Berlin,09:00,17:30";

    @TempDir
    private Path folder;

    @Test
    void aFileOfOnesOwnIsNamedAfterTheFile() throws IOException {
        Path file = folder.resolve("berlin.csv");
        Files.writeString(file, HEADER + "\n" + BERLIN + "\nHOLIDAY,2024-05-01,,Labour Day\n");
        BusinessCalendar berlin = BusinessCalendar.read(file);
        assertThat(berlin.name()).isEqualTo("berlin");
        assertThat(berlin.firstDate()).isEqualTo("2024-01-01");
        assertThat(berlin.lastDate()).isEqualTo("2024-12-31");
        assertThat(berlin.next(date("2024-04-30"))).isEqualTo("2024-05-02");
    }

    @Test
    void aFileMayBeginWithAByteOrderMarkAndHoldCommentsAndEmptyLines() {
        BusinessCalendar berlin =
                BusinessCalendar.read("berlin", new StringReader("\uFEFF" + HEADER + "\r\n\r\n# hours\r\n" + BERLIN));
        assertThat(berlin.isBusinessDay(date("2024-05-01"))).isTrue();
    }

    @Test
    void aHolidayMayLastForDays() {
        BusinessCalendar berlin = read(BERLIN, "HOLIDAY,2024-12-24,2024-12-26,Christmas");
        assertThat(berlin.next(date("2024-12-23"))).isEqualTo("2024-12-27");
    }

    @Test
    void theWeekMayBeginOnSunday() {
        BusinessCalendar riyadh = read("SESSION,2024-01-01,2024-12-31,,SUN-THU,Asia/Riyadh,10:00,15:00");
        assertThat(riyadh.next(date("2024-02-01"))).isEqualTo("2024-02-04");
        assertThat(riyadh.isBusinessDay(date("2024-02-02"))).isFalse();
    }

    @Test
    void aSessionMayEndAfterMidnight() {
        BusinessCalendar late = read("SESSION,2024-01-01,2024-12-31,,,Europe/Berlin,08:00,01:00+1");
        assertThat(late.session(date("2024-06-03")).close()).isEqualTo(nanos("2024-06-03T23:00:00Z"));
        assertThat(late.businessDateOf(nanos("2024-06-03T22:59:59Z"))).isEqualTo("2024-06-03");
        assertThat(late.businessDateOf(nanos("2024-06-03T23:00:00Z"))).isEqualTo("2024-06-04");
    }

    @Test
    void aSessionMayEndTwoDaysLaterInUtc() {
        BusinessCalendar honolulu = read("SESSION,2024-01-01,2024-12-31,,MON-SUN,Pacific/Honolulu,20:00,18:00+1");
        assertThat(honolulu.businessDateOf(nanos("2024-06-05T03:59:59Z"))).isEqualTo("2024-06-03");
        assertThat(honolulu.businessDateOf(nanos("2024-06-05T04:00:00Z"))).isEqualTo("2024-06-04");
    }

    @Test
    void theFirstSessionMayOpenOnTheEveningBeforeTheClaim() {
        BusinessCalendar evening = read("SESSION,2024-01-02,2024-12-31,,,UTC,18:00-1,17:00");
        assertThat(evening.businessDateOf(nanos("2024-01-01T18:00:00Z"))).isEqualTo("2024-01-02");
        assertThatIllegalArgumentException().isThrownBy(() -> evening.businessDateOf(nanos("2024-01-01T17:59:59Z")));
    }

    @Test
    void anExtraSessionHasTheRegularHoursUnlessItSaysOthers() {
        BusinessCalendar berlin =
                read(BERLIN, "EXTRA,2024-01-06,,System test", "EXTRA,2024-01-07,,System test,,,10:00,11:00");
        assertThat(berlin.session(date("2024-01-06")).open()).isEqualTo(nanos("2024-01-06T08:00:00Z"));
        assertThat(berlin.session(date("2024-01-07")).open()).isEqualTo(nanos("2024-01-07T09:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultNamesTheLineAndTheRule(String line, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(BERLIN, line))
                .withMessage("own.csv:3: " + fault);
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                arguments(
                        "HOLYDAY,2024-05-01,,Labour Day",
                        "record must be one of SESSION, HOLIDAY, HALF_DAY, EXTRA, was \"HOLYDAY\""),
                arguments("HOLIDAY,2024-02-30,,Leap Day", "date must be a date like 2024-03-15, was \"2024-02-30\""),
                arguments(
                        "HOLIDAY,2024-05-02,2024-05-01,May",
                        "last must be a date not before 2024-05-02, was \"2024-05-01\""),
                arguments("HOLIDAY,2024-05-01", "name is missing; it says why the date is special"),
                arguments("HOLIDAY,2024-05-01,,May,,,09:00", "open must be empty in a HOLIDAY, was \"09:00\""),
                arguments("HALF_DAY,2024-05-01,,May,,UTC,,12:00", "zone must be empty in a HALF_DAY, was \"UTC\""),
                arguments(
                        "HOLIDAY,2025-01-01,,New Year",
                        "must lie in 2024-01-01 to 2024-12-31, the dates of the SESSION records, was "
                                + "2025-01-01 to 2025-01-01"),
                arguments(
                        "HALF_DAY,2024-05-01,,May,,,,08:00",
                        "close must be after the open; an open on the evening before ends in -1, was \"08:00\""),
                arguments(
                        "HALF_DAY,2024-05-01,,May,,,9:00",
                        "open must be a time like 09:30, 17:00-1 on the day before or 00:00+1 on the "
                                + "day after, was \"9:00\""),
                arguments(
                        "HALF_DAY,2024-05-01,,May",
                        "a HALF_DAY must have an open or a close that is not the regular one"),
                arguments(
                        "HALF_DAY,2024-05-04,,May,,,,12:00",
                        "HALF_DAY must be a day with a session, 2024-05-04 has none; an added one is an EXTRA"),
                arguments(
                        "EXTRA,2024-05-03,,May",
                        "EXTRA must be a day without a session, 2024-05-03 has one; other hours are a HALF_DAY"),
                arguments(
                        "HALF_DAY,2024-05-01,,May,,,,,13:00,12:00",
                        "a break must start and end between open and close, was 13:00 to 12:00"),
                arguments(
                        "HALF_DAY,2024-05-01,,May,,,,,,12:00",
                        "break_start must be a time like 09:30, 17:00-1 on the day before or 00:00+1 on the "
                                + "day after, was \"\""),
                arguments("HOLIDAY,2024-05-01,,May,,,,,,,end", "a line must have at most 10 fields, this one has 11"),
                arguments(
                        "SESSION,2025-01-02,2025-12-31,,,UTC,09:00,17:00",
                        "date must be 2025-01-01, the day after the SESSION before, was 2025-01-02"),
                arguments(
                        "SESSION,2025-01-01,2300-01-01,,,UTC,09:00,17:00",
                        "a SESSION must lie in 1970-01-01 to 2262-04-11, was 2025-01-01 to 2300-01-01"),
                arguments(
                        "SESSION,2025-01-01,2025-12-31,,,Berlin,09:00,17:00",
                        "zone must be a zone like America/New_York or UTC, was \"Berlin\""),
                arguments(
                        "SESSION,2025-01-01,2025-12-31,,Mo-Fr,UTC,09:00,17:00",
                        "days must be days like MON-FRI, SUN-THU or SAT, was \"Mo-Fr\""));
    }

    @Test
    void everyFaultOfAFileIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        BERLIN,
                        "HOLIDAY,2024-05-01,,Labour Day",
                        "HOLIDAY,2024-05-01,,May",
                        "HOLIDAY,2023-12-25,,Past"))
                .withMessage("own.csv:4: a date must be there once, 2024-05-01 is on line 3 already\n"
                        + "own.csv:5: must lie in 2024-01-01 to 2024-12-31, the dates of the SESSION records,"
                        + " was 2023-12-25 to 2023-12-25");
    }

    @Test
    void sessionsMustNotOverlap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("SESSION,2024-01-01,2024-12-31,,,UTC,16:00-1,17:00"))
                .withMessage("own.csv: the session of 2024-01-02 must not open before the one before it closes");
    }

    @Test
    void aFileWithoutHoursOrHeaderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("HOLIDAY,2024-05-01,,Labour Day"))
                .withMessage("own.csv: has no SESSION; regular hours must be there, from a date to a last date");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.read("own.csv", new StringReader("date,name\n2024-05-01,May\n")))
                .withMessage("own.csv:1: the first line must be " + HEADER + ", was \"date,name\"");
    }

    @Test
    void aFileThatIsMissingOrNoTextIsNamed() throws IOException {
        Path missing = folder.resolve("missing.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.read(missing))
                .withMessage(missing + ": there is no such file");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, (HEADER + "\nHOLIDAY,2024-05-01,,Fête\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.read(latin))
                .withMessage(latin + ": must be UTF-8");
    }

    private static BusinessCalendar read(String... lines) {
        return BusinessCalendar.read("own.csv", new StringReader(HEADER + '\n' + String.join("\n", lines)));
    }

    private static LocalDate date(String date) {
        return LocalDate.parse(date);
    }

    private static long nanos(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }
}
