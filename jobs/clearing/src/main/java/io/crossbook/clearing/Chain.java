package io.crossbook.clearing;

import io.crossbook.clearing.calendar.BusinessCalendar;
import io.crossbook.store.clearing.ClearingRun;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The official clearings of a trading run, one business day after the other.
 *
 * @param official by date
 */
record Chain(String runId, List<ClearingRun> official, BusinessCalendar calendar) {
    Optional<ClearingRun> officialOn(LocalDate date) {
        return official.stream().filter(run -> run.businessDate().equals(date)).findFirst();
    }

    boolean hasLater(LocalDate date) {
        return official.stream().anyMatch(run -> run.businessDate().isAfter(date));
    }

    /**
     * The clearing that a date goes on from, none for the first of the chain.
     *
     * @throws RefusedException if the date is no business day, or the one before it is not cleared, or has to be cleared again
     */
    Optional<ClearingRun> previousOf(LocalDate date) {
        if (!calendar.isBusinessDay(date)) {
            throw new RefusedException(date + " is no business day of calendar " + calendar.name()
                    + "; the one before is " + calendar.previous(date) + ", the next " + calendar.next(date));
        }
        if (official.isEmpty() || official.get(0).businessDate().equals(date)) {
            return Optional.empty();
        }
        LocalDate first = official.get(0).businessDate();
        if (date.isBefore(first)) {
            throw new RefusedException("run " + runId + " was cleared from " + first + " on; " + date
                    + " lies before, and its trades are in that clearing");
        }
        LocalDate before = calendar.previous(date);
        ClearingRun previous = officialOn(before)
                .orElseThrow(() -> new RefusedException("the business day before " + date
                        + " is not cleared. First: ./crossbook" + " clear --date " + before + " --run " + runId));
        if (previous.stale()) {
            throw new RefusedException(
                    before + " has to be cleared again, because a day before it was. First: ./crossbook"
                            + " clear --date " + before + " --run " + runId + " --reason TEXT");
        }
        return Optional.of(previous);
    }
}
