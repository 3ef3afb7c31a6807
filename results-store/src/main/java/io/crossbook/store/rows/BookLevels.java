package io.crossbook.store.rows;

import io.crossbook.model.MarketEvent.BookLevel;
import io.crossbook.model.Side;
import java.util.ArrayList;
import java.util.List;

/** Numbers the levels of each book side from 1. */
final class BookLevels {
    /** Makes a row of a level and its number on its side. */
    interface RowMaker<R> {
        R row(BookLevel level, int number);
    }

    private BookLevels() {}

    static <R> List<R> number(List<BookLevel> levels, RowMaker<R> maker) {
        List<R> rows = new ArrayList<>(levels.size());
        int bids = 0;
        int asks = 0;
        for (BookLevel level : levels) {
            rows.add(maker.row(level, level.side() == Side.BUY ? ++bids : ++asks));
        }
        return rows;
    }
}
