package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The books at the end of the run: levels from the best without a gap, and bids below asks. */
final class BookChecks {
    private BookChecks() {}

    /**
     * Checks the books.
     *
     * @param mayBeCrossed instruments that collected orders and were not uncrossed
     */
    static void check(Path folder, Set<String> mayBeCrossed, Findings findings) throws IOException {
        Finding crossing = findings.of(CheckName.BOOK_NOT_CROSSED);
        Finding order = findings.of(CheckName.ROWS_IN_ORDER);
        try (GroupedRows rows = new GroupedRows(folder, RunFile.BOOK, order)) {
            String instrument = rows.instrument();
            while (instrument != null) {
                Decimal bid = readSide(rows, instrument, Side.BUY, order);
                Decimal ask = readSide(rows, instrument, Side.SELL, order);
                crossing.count("books", 1);
                if (bid != null && ask != null && bid.compareTo(ask) >= 0 && !mayBeCrossed.contains(instrument)) {
                    crossing.fault(instrument + ": best bid " + bid + " is not below best ask " + ask);
                }
                if (rows.isAt(instrument)) {
                    order.fault("book.csv row " + rows.row().row() + ": a BUY level of " + instrument + " after SELL");
                }
                instrument = rows.instrument();
            }
        }
    }

    /** Reads the levels of one side and returns its best price, if it has one. */
    private static @Nullable Decimal readSide(GroupedRows rows, String instrument, Side side, Finding order)
            throws IOException {
        Decimal best = null;
        Decimal before = null;
        for (int level = 1; rows.isAt(instrument) && rows.row().word(1, Side.class) == side; level++) {
            RunFileReader row = rows.row();
            Decimal price = row.decimal(3);
            if (row.number(2) != level || (before != null && !isWorse(side, price, before))) {
                order.fault("book.csv row " + row.row() + ": level " + row.number(2) + " at " + price + " where level "
                        + level + (before == null ? "" : ", worse than " + before + ",") + " was expected");
            }
            best = best == null ? price : best;
            before = price;
            rows.advance();
        }
        return best;
    }

    private static boolean isWorse(Side side, Decimal price, Decimal before) {
        return side == Side.BUY ? price.compareTo(before) < 0 : price.compareTo(before) > 0;
    }
}
