package io.crossbook.api.market;

import io.crossbook.api.live.DisplayedBook;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.BookQuery;
import io.crossbook.store.queries.StoredChange;
import io.crossbook.store.queries.StoredLevel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a book changed, command by command, to be played again. */
@Tag(name = "market")
@RestController
@RequestMapping("/api/v1/market/orderbook/changes")
class BookHistoryController {
    private final LiveRuns runs;
    private final Store store;

    BookHistoryController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /** @param quantity displayed from then on; 0: the level is gone */
    @Schema(name = "BookLevelChange")
    record LevelView(
            String side, @Nullable String price, @Nullable String quantity, int orders) {
        static LevelView from(StoredLevel level) {
            return new LevelView(level.side(), Texts.of(level.price()), Texts.of(level.quantity()), level.orders());
        }
    }

    /** What one command changed. */
    @Schema(name = "BookChange")
    record ChangeView(long sequence, @Nullable String timestamp, List<LevelView> levels) {
        static ChangeView from(StoredChange change) {
            return new ChangeView(
                    change.sequence(),
                    Texts.of(change.timestamp()),
                    change.levels().stream().map(LevelView::from).toList());
        }
    }

    /** @param book with every level, as it was at the time that was asked for; {@code null} if none was */
    record ChangesView(
            String run, String instrument, @Nullable OrderbookView book, List<ChangeView> changes) {}

    @Operation(
            summary = "What commands changed in a book, oldest first",
            description = "With at: behind that time, and the whole book to begin with. With after: behind the command"
                    + " with that sequence.")
    @GetMapping
    ChangesView changes(
            @RequestParam String instrument,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "1000") int limit)
            throws SQLException {
        Parameters.required("instrument", instrument);
        Long then = Parameters.time("at", at);
        int most = Cursors.limit(limit);
        String readable = runs.readable(run);
        OrderbookView book = then == null ? null : bookAt(readable, instrument, then);
        long from = book == null ? after : book.sequence();
        return new ChangesView(
                readable,
                instrument,
                book,
                store.ask(connection -> BookQuery.changes(connection, readable, instrument, from, most)).stream()
                        .map(ChangeView::from)
                        .toList());
    }

    private OrderbookView bookAt(String run, String instrument, long then) throws SQLException {
        return store.ask(connection -> BookQuery.asOf(connection, run, instrument, then))
                .map(book -> OrderbookView.from(DisplayedBook.of(book, Integer.MAX_VALUE)))
                .orElseThrow(() -> MarketController.noHistory(run));
    }
}
