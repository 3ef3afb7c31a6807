package io.crossbook.store.rows;

/**
 * One row of {@code run_written}: up to where a run that goes on is stored.
 *
 * @param instrument empty for unreadable records, which belong to none
 * @param source partition of unreadable records, 0 for an instrument
 * @param sequence of the last command; of unreadable records the last offset
 */
public record WrittenRow(String instrument, int source, long sequence) {}
