package io.crossbook.store.checks;

import org.jspecify.annotations.Nullable;

/**
 * Where two runs part.
 *
 * @param file name of the first file that differs, in the order that the hash covers them
 * @param row number of the first row that differs, from 1 without the header
 * @param instrument of the row that comes first in the file's order
 * @param sequence of that row's command; absent in files without one
 * @param column the first column that differs; absent if one side has no such row
 * @param left the row of the first run; absent if it has no more rows
 * @param right the row of the second run; absent if it has no more rows
 */
public record RunDifference(
        String file,
        long row,
        String instrument,
        @Nullable Long sequence,
        @Nullable String column,
        @Nullable String left,
        @Nullable String right) {
    /** The difference in a sentence, with both rows on lines of their own. */
    public String sentence() {
        return file + " row " + row + ": " + instrument + (sequence == null ? "" : ", sequence " + sequence)
                + (column == null ? ", only one run has a row" : ", first differing column " + column) + "\n  left:  "
                + side(left) + "\n  right: " + side(right);
    }

    private static String side(@Nullable String row) {
        return row == null ? "(no row)" : row;
    }
}
