package io.crossbook.store;

/**
 * A table that is loaded with {@code COPY}.
 *
 * @param <R> the row
 */
interface CopyTable<R> {
    String name();

    /** The columns that {@link #write} fills, in that order; all but {@code run_id}. */
    String columns();

    /** The columns that are unique within a run. */
    String key();

    /** The command that loads rows of a run. */
    String copyInto(int runNo);

    void write(R row, CopyBuffer out);
}
