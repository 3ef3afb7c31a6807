package io.crossbook.api.market;

import io.crossbook.api.live.DisplayedBook;
import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.BookQuery;
import io.crossbook.store.queries.MarkQuery;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.SnapshotQuery;
import io.crossbook.store.queries.SnapshotQuery.SnapshotHead;
import io.crossbook.store.queries.StoredMark;
import io.crossbook.store.queries.StoredTrade;
import io.crossbook.store.queries.TradeQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Book, trades and price of an instrument. */
@Tag(name = "market")
@RestController
@RequestMapping("/api/v1/market")
class MarketController {
    private static final int MOST_LEVELS = 100;
    private static final long BOOK_SECONDS = 3;

    private final LiveRuns runs;
    private final Store store;

    MarketController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    @Operation(
            summary = "The displayed book",
            description = "With at: as it was then, for runs that keep the history of their books.")
    @GetMapping("/orderbook")
    OrderbookView orderbook(
            @RequestParam String instrument,
            @RequestParam(defaultValue = "20") int levels,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        Parameters.required("instrument", instrument);
        if (levels < 1 || levels > MOST_LEVELS) {
            throw Problem.invalid("levels", "levels must be 1 to " + MOST_LEVELS + ", was " + levels);
        }
        Long then = Parameters.time("at", at);
        Parameters.optional("run", run);
        Optional<LiveRun> live = run == null ? runs.current() : runs.currentIf(run);
        if (live.isPresent() && then == null) {
            return OrderbookView.from(liveBook(live.get(), instrument, levels));
        }
        String readable = runs.readable(run);
        if (then == null) {
            return OrderbookView.from(DisplayedBook.of(
                    store.ask(connection -> BookQuery.newest(connection, readable, instrument)), levels));
        }
        return store.ask(connection -> BookQuery.asOf(connection, readable, instrument, then))
                .map(book -> OrderbookView.from(DisplayedBook.of(book, levels)))
                .orElseThrow(() -> noHistory(readable));
    }

    static Problem noHistory(String run) {
        return Problem.conflict(
                "NO_BOOK_HISTORY",
                "run \"" + run + "\" keeps no history of its books; backtest with --book-history keeps one");
    }

    private static DisplayedBook liveBook(LiveRun live, String instrument, int levels) {
        DisplayedBook book = live.book(instrument, levels)
                .completeOnTimeout(null, BOOK_SECONDS, TimeUnit.SECONDS)
                .join();
        if (book == null) {
            throw Problem.unavailable(
                    "BOOK_UNAVAILABLE", "the book of \"" + instrument + "\" is being read anew; try again");
        }
        return book;
    }

    /** One page of trades, newest first. */
    record TradesView(
            String run, List<TradeView> trades, @Nullable String nextCursor) {}

    @Operation(summary = "Trades, newest first, without clients")
    @GetMapping("/trades")
    TradesView trades(
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(name = "start_time", required = false) @Nullable String startTime,
            @RequestParam(name = "end_time", required = false) @Nullable String endTime,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        return trades(instrument, null, startTime, endTime, run, limit, cursor, TradeView::from);
    }

    @Operation(summary = "Trades, newest first, with the clients on both sides")
    @GetMapping("/trades/detailed")
    TradesView detailedTrades(
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(name = "start_time", required = false) @Nullable String startTime,
            @RequestParam(name = "end_time", required = false) @Nullable String endTime,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        String client = Parameters.optional("client_id", clientId);
        return trades(instrument, client, startTime, endTime, run, limit, cursor, TradeView::detailed);
    }

    private TradesView trades(
            @Nullable String instrument,
            @Nullable String clientId,
            @Nullable String startTime,
            @Nullable String endTime,
            @Nullable String run,
            int limit,
            @Nullable String cursor,
            Function<StoredTrade, TradeView> view)
            throws SQLException {
        Parameters.optional("instrument", instrument);
        Long from = Parameters.time("start_time", startTime);
        Long to = Parameters.time("end_time", endTime);
        String readable = runs.readable(run);
        Page<StoredTrade> page = store.ask(connection -> TradeQuery.list(
                connection, readable, instrument, clientId, from, to, Cursors.read(cursor), Cursors.limit(limit)));
        return new TradesView(readable, page.rows().stream().map(view).toList(), Cursors.write(page.next()));
    }

    /**
     * What an instrument is worth.
     *
     * @param price of the last trade, else the mark; {@code null} if there is neither
     * @param markPrice the newest mark, else the last trade
     */
    record PriceView(
            String run,
            String instrument,
            @Nullable String price,
            @Nullable String lastPrice,
            @Nullable String markPrice,
            @Nullable String bestBid,
            @Nullable String bestAsk,
            @Nullable String timestamp) {}

    @Operation(summary = "Last price, mark, best bid and ask")
    @GetMapping("/price")
    PriceView price(@RequestParam String instrument, @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        Parameters.required("instrument", instrument);
        String readable = runs.readable(run);
        Optional<StoredTrade> trade = store.ask(connection -> TradeQuery.last(connection, readable, instrument));
        Optional<StoredMark> mark = store.ask(connection -> MarkQuery.find(connection, readable, instrument));
        OrderbookView book = orderbook(instrument, 1, null, readable);
        String last = trade.map(found -> found.price().toString()).orElse(null);
        String marked = mark.map(found -> found.price().toString()).orElse(null);
        return new PriceView(
                readable,
                instrument,
                last != null ? last : marked,
                last,
                marked,
                book.bids().isEmpty() ? null : book.bids().get(0).price(),
                book.asks().isEmpty() ? null : book.asks().get(0).price(),
                trade.map(found -> Texts.of(found.timestamp()))
                        .or(() -> mark.map(found -> Texts.of(found.timestamp())))
                        .orElse(null));
    }

    /**
     * A whole book that was stored.
     *
     * @param bidLevels how many prices
     */
    record SnapshotView(
            String instrument,
            long sequence,
            @Nullable String timestamp,
            int bidLevels,
            int askLevels,
            @Nullable String bestBid,
            @Nullable String bestAsk) {
        static SnapshotView from(SnapshotHead head) {
            return new SnapshotView(
                    head.instrument(),
                    head.sequence(),
                    Texts.of(head.timestamp()),
                    head.bidLevels(),
                    head.askLevels(),
                    Texts.of(head.bestBid()),
                    Texts.of(head.bestAsk()));
        }
    }

    /** The book that a snapshot was taken of. */
    record TakenView(String run, String instrument, long sequence, OrderbookView orderbook) {}

    @Operation(summary = "Store the whole book as it is now")
    @PostMapping("/orderbook/snapshot")
    ResponseEntity<TakenView> takeSnapshot(@RequestParam String instrument) throws SQLException {
        Parameters.required("instrument", instrument);
        LiveRun live = runs.require();
        live.awaitTold();
        Instant now = Instant.now();
        long sequence =
                store.ask(connection -> SnapshotQuery.take(connection, live.runId(), instrument, Texts.nanos(now)));
        OrderbookView book = OrderbookView.from(DisplayedBook.of(
                store.ask(connection -> BookQuery.newest(connection, live.runId(), instrument)), MOST_LEVELS));
        return ResponseEntity.status(HttpStatus.CREATED).body(new TakenView(live.runId(), instrument, sequence, book));
    }

    /** One page of stored books, newest first. */
    record SnapshotsView(
            String run,
            List<SnapshotView> snapshots,
            @Nullable String nextCursor) {}

    @Operation(summary = "Stored books, newest first")
    @GetMapping("/orderbook/snapshots")
    SnapshotsView snapshots(
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Parameters.optional("instrument", instrument);
        String readable = runs.readable(run);
        Page<SnapshotHead> page = store.ask(connection ->
                SnapshotQuery.list(connection, readable, instrument, Cursors.read(cursor), Cursors.limit(limit)));
        return new SnapshotsView(
                readable, page.rows().stream().map(SnapshotView::from).toList(), Cursors.write(page.next()));
    }
}
