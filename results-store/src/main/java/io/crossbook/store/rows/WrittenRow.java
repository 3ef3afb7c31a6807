package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code run_written}: up to where a run that goes on is stored, and what values positions there.
 *
 * @param instrument empty for unreadable records, which belong to none
 * @param source partition of unreadable records, 0 for an instrument
 * @param sequence of the last command; of unreadable records the last offset
 * @param markPrice of the newest MARK, else of the last trade
 * @param markOrigin {@code MARK} or {@code TRADE}
 */
public record WrittenRow(
        String instrument,
        int source,
        long sequence,
        @Nullable Decimal markPrice,
        @Nullable String markOrigin) {
    public static final String MARK = "MARK";
    public static final String TRADE = "TRADE";
}
