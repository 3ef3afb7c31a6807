package io.crossbook.store.clearing;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One clearing of a business date of a trading run.
 *
 * @param clearingNo what all its rows carry
 * @param runId the trading run, whose clearings are a chain
 * @param runNo number of the clearing of this date, from 1
 * @param whatIf whether it can never be official
 * @param stale whether an earlier day was cleared again since
 * @param inputs all that it was told, as JSON
 * @param previousNo the official clearing of the previous business day, {@code null} for the first of the chain
 * @param supersedesNo the official clearing of the same date that it is to replace
 * @param step the step that was begun last
 * @param summary what came of it, as JSON; {@code null} until it is completed
 */
public record ClearingRun(
        long clearingNo,
        String runId,
        LocalDate businessDate,
        int runNo,
        State state,
        boolean whatIf,
        boolean official,
        boolean stale,
        @Nullable String reason,
        String inputs,
        @Nullable Long previousNo,
        @Nullable Long supersedesNo,
        @Nullable String step,
        long startedAt,
        long heartbeatAt,
        @Nullable Long endedAt,
        @Nullable String failure,
        @Nullable String hash,
        @Nullable String summary) {
    /** Where a clearing is. */
    public enum State {
        RUNNING,
        FAILED,
        COMPLETED
    }

    /** A number that no clearing has, for what was carried from nowhere. */
    public static final long NONE = 0;

    /** Of the clearing before, {@link #NONE} for the first. */
    public long previous() {
        return previousNo == null ? NONE : previousNo;
    }

    /** Of the clearing that this one replaces, {@link #NONE} if there is none. */
    public long superseded() {
        return supersedesNo == null ? NONE : supersedesNo;
    }
}
