package io.crossbook.clearing.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {
    private final BusinessCalendar newYork = BusinessCalendar.bundled("xnys");
    private final BusinessCalendar globex = BusinessCalendar.bundled("cmes");
    private final BusinessCalendar always = BusinessCalendar.bundled("24-7");

    @Test
    void weekendsAndHolidaysAreNoBusinessDays() {
        assertThat(newYork.isBusinessDay(date("2024-07-03"))).isTrue();
        assertThat(newYork.isBusinessDay(date("2024-07-04"))).isFalse();
        assertThat(newYork.isBusinessDay(date("2024-07-05"))).isTrue();
        assertThat(newYork.isBusinessDay(date("2024-07-06"))).isFalse();
    }

    @Test
    void aDayOfMourningClosesNewYork() {
        assertThat(newYork.isBusinessDay(date("2018-12-05"))).isFalse();
        assertThat(newYork.isBusinessDay(date("2025-01-09"))).isFalse();
    }

    @Test
    void nextAndPreviousPassOverGoodFridayAndTheWeekend() {
        assertThat(newYork.next(date("2024-03-28"))).isEqualTo("2024-04-01");
        assertThat(newYork.next(date("2024-03-30"))).isEqualTo("2024-04-01");
        assertThat(newYork.previous(date("2024-04-01"))).isEqualTo("2024-03-28");
        assertThat(newYork.previous(date("2024-03-31"))).isEqualTo("2024-03-28");
    }

    @Test
    void goldenWeekOf2019ClosesTokyoForTenDays() {
        BusinessCalendar tokyo = BusinessCalendar.bundled("xtks");
        assertThat(tokyo.next(date("2019-04-26"))).isEqualTo("2019-05-07");
        assertThat(tokyo.previous(date("2019-05-07"))).isEqualTo("2019-04-26");
    }

    @Test
    void plusCountsBusinessDaysAfterTheDate() {
        assertThat(newYork.plus(date("2024-12-23"), 1)).isEqualTo("2024-12-24");
        assertThat(newYork.plus(date("2024-12-23"), 2)).isEqualTo("2024-12-26");
        assertThat(newYork.plus(date("2024-12-25"), 1)).isEqualTo("2024-12-26");
        assertThat(newYork.plus(date("2024-12-31"), 2)).isEqualTo("2025-01-03");
    }

    @Test
    void plusZeroIsTheDateItselfOrTheNextBusinessDay() {
        assertThat(newYork.plus(date("2024-12-24"), 0)).isEqualTo("2024-12-24");
        assertThat(newYork.plus(date("2024-12-25"), 0)).isEqualTo("2024-12-26");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.plus(date("2024-12-24"), -1))
                .withMessage("business days must be zero or more, was -1");
    }

    @Test
    void newYorkOpensAnHourEarlierInUtcWhenSummerTimeBegins() {
        assertThat(newYork.session(date("2024-03-08")))
                .isEqualTo(session("2024-03-08", "2024-03-08T14:30:00Z", "2024-03-08T21:00:00Z"));
        assertThat(newYork.session(date("2024-03-11")))
                .isEqualTo(session("2024-03-11", "2024-03-11T13:30:00Z", "2024-03-11T20:00:00Z"));
    }

    @Test
    void globexOpensOnTheEveningBefore() {
        assertThat(globex.session(date("2023-12-26")))
                .isEqualTo(session("2023-12-26", "2023-12-25T23:00:00Z", "2023-12-26T23:00:00Z"));
    }

    @Test
    void globexOpensOnSundayEveningInTheNewSummerTime() {
        assertThat(globex.session(date("2024-03-11")))
                .isEqualTo(session("2024-03-11", "2024-03-10T22:00:00Z", "2024-03-11T22:00:00Z"));
    }

    @Test
    void aHalfDayClosesEarlyAndOpensAsEver() {
        assertThat(newYork.session(date("2024-11-29")))
                .isEqualTo(session("2024-11-29", "2024-11-29T14:30:00Z", "2024-11-29T18:00:00Z"));
        assertThat(BusinessCalendar.bundled("xlon").session(date("2024-12-24")))
                .isEqualTo(session("2024-12-24", "2024-12-24T08:00:00Z", "2024-12-24T12:30:00Z"));
    }

    @Test
    void ashWednesdayOpensLateInSaoPaulo() {
        assertThat(BusinessCalendar.bundled("bvmf").session(date("2024-02-14")))
                .isEqualTo(session("2024-02-14", "2024-02-14T16:00:00Z", "2024-02-14T21:00:00Z"));
    }

    @Test
    void tokyoBreaksForLunchAndClosesHalfAnHourLaterSinceNovember2024() {
        BusinessCalendar tokyo = BusinessCalendar.bundled("xtks");
        assertThat(tokyo.session(date("2024-11-01")))
                .isEqualTo(new Session(
                        date("2024-11-01"),
                        nanos("2024-11-01T00:00:00Z"),
                        nanos("2024-11-01T06:00:00Z"),
                        Optional.of(new Session.Break(nanos("2024-11-01T02:30:00Z"), nanos("2024-11-01T03:30:00Z")))));
        assertThat(tokyo.session(date("2024-11-05")).close()).isEqualTo(nanos("2024-11-05T06:30:00Z"));
    }

    @Test
    void hongKongHasNoLunchBreakOnAHalfDay() {
        BusinessCalendar hongKong = BusinessCalendar.bundled("xhkg");
        assertThat(hongKong.session(date("2024-02-08")).lunchBreak()).isPresent();
        assertThat(hongKong.session(date("2024-02-09")))
                .isEqualTo(session("2024-02-09", "2024-02-09T01:30:00Z", "2024-02-09T04:00:00Z"));
    }

    @Test
    void aBudgetSaturdayIsABusinessDayInBombay() {
        BusinessCalendar bombay = BusinessCalendar.bundled("xbom");
        assertThat(bombay.next(date("2025-01-31"))).isEqualTo("2025-02-01");
        assertThat(bombay.session(date("2025-02-01")))
                .isEqualTo(session("2025-02-01", "2025-02-01T03:45:00Z", "2025-02-01T10:00:00Z"));
    }

    @Test
    void aTradeAtTheCloseOrLaterBelongsToTheNextBusinessDay() {
        long close = nanos("2024-07-03T17:00:00Z");
        assertThat(newYork.businessDateOf(close - 1)).isEqualTo("2024-07-03");
        assertThat(newYork.businessDateOf(close)).isEqualTo("2024-07-05");
        assertThat(newYork.businessDateOf(nanos("2024-07-05T19:59:59Z"))).isEqualTo("2024-07-05");
        assertThat(newYork.businessDateOf(nanos("2024-07-05T20:00:00Z"))).isEqualTo("2024-07-08");
        assertThat(newYork.businessDateOf(nanos("2024-07-06T12:00:00Z"))).isEqualTo("2024-07-08");
    }

    @Test
    void anEveningOnGlobexBelongsToTheNextDate() {
        assertThat(globex.businessDateOf(nanos("2024-03-10T22:00:00Z"))).isEqualTo("2024-03-11");
        assertThat(globex.businessDateOf(nanos("2024-03-11T21:59:59Z"))).isEqualTo("2024-03-11");
        assertThat(globex.businessDateOf(nanos("2024-03-11T22:00:00Z"))).isEqualTo("2024-03-12");
        assertThat(globex.businessDateOf(nanos("2023-12-25T23:00:00Z"))).isEqualTo("2023-12-26");
    }

    @Test
    void everyMomentHasItsBusinessDayInTheSpanBetweenTwoCloses() {
        LocalDate day = globex.next(globex.firstDate());
        while (day.isBefore(date("2020-01-01"))) {
            LocalDate next = globex.next(day);
            assertThat(globex.businessDateOf(globex.session(day).close())).isEqualTo(next);
            assertThat(globex.businessDateOf(globex.session(next).close() - 1)).isEqualTo(next);
            day = next;
        }
    }

    @Test
    void aMarketThatNeverClosesHasADayForEveryNanosecond() {
        assertThat(always.firstDate()).isEqualTo("1970-01-01");
        assertThat(always.lastDate()).isEqualTo("2262-04-11");
        assertThat(always.next(date("2024-12-24"))).isEqualTo("2024-12-25");
        assertThat(always.session(date("2024-02-29")))
                .isEqualTo(session("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"));
        assertThat(always.businessDateOf(0)).isEqualTo("1970-01-01");
        assertThat(always.businessDateOf(nanos("2024-03-01T00:00:00Z") - 1)).isEqualTo("2024-02-29");
        assertThat(always.businessDateOf(nanos("2024-03-01T00:00:00Z"))).isEqualTo("2024-03-01");
        assertThat(always.businessDateOf(Long.MAX_VALUE - 1)).isEqualTo("2262-04-11");
    }

    @Test
    void aDateOutsideTheClaimIsRefusedWithTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.isBusinessDay(date("2031-01-02")))
                .withMessage("calendar xnys knows 2015-01-01 to 2027-12-31, 2031-01-02 is outside; choose another"
                        + " --calendar, or name a calendar file of your own that holds it");
        assertThatIllegalArgumentException().isThrownBy(() -> newYork.session(date("2014-12-31")));
        assertThatIllegalArgumentException().isThrownBy(() -> newYork.next(date("2027-12-31")));
        assertThatIllegalArgumentException().isThrownBy(() -> newYork.previous(date("2015-01-02")));
        assertThatIllegalArgumentException().isThrownBy(() -> newYork.plus(date("2027-12-30"), 2));
    }

    @Test
    void aTradeWhoseBusinessDayIsOutsideTheClaimIsRefused() {
        assertThat(newYork.businessDateOf(nanos("2027-12-31T20:59:59Z"))).isEqualTo("2027-12-31");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.businessDateOf(nanos("2027-12-31T21:00:00Z")))
                .withMessageContaining("the business day of 2027-12-31T21:00:00Z is outside");
        assertThat(newYork.businessDateOf(nanos("2015-01-01T05:00:00Z"))).isEqualTo("2015-01-02");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.businessDateOf(nanos("2015-01-01T04:59:59Z")))
                .withMessageContaining("the business day of 2015-01-01T04:59:59Z is outside");
        assertThatIllegalArgumentException().isThrownBy(() -> newYork.businessDateOf(Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> always.businessDateOf(-1));
    }

    @Test
    void aDateWithoutASessionSaysWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.session(date("2025-01-09")))
                .withMessage("xnys: 2025-01-09 is no business day: National Day of Mourning for Jimmy Carter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newYork.session(date("2025-01-11")))
                .withMessage("xnys: 2025-01-11 is no business day: Saturday");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.bundled("nyse"))
                .withMessage("no calendar \"nyse\"; calendars are 24-7, bvmf, cmes, xbom, xhkg, xlon, xnys, xtks");
    }

    private static LocalDate date(String date) {
        return LocalDate.parse(date);
    }

    private static Session session(String date, String open, String close) {
        return new Session(date(date), nanos(open), nanos(close), Optional.empty());
    }

    private static long nanos(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }
}
