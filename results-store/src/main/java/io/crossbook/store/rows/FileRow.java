package io.crossbook.store.rows;

import org.jspecify.annotations.Nullable;

/** A row of one of a run's files. Where it has a table as well, the columns of the file are the first of the table. */
public interface FileRow {
    /** {@code null} of a line that belongs to none. */
    @Nullable
    String instrument();

    /** Writes the columns of the file in their order, without ending the row. */
    void writeFileColumns(RowOutput out);
}
