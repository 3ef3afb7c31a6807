package io.crossbook.api.portfolio;

import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.ClientPnl;
import io.crossbook.store.queries.ClientQuery;
import io.crossbook.store.queries.LotQuery;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.StoredEquity;
import io.crossbook.store.queries.StoredLot;
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

/** Who took part in a run, the open lots of a client, and how his P&L came over time. */
@Tag(name = "portfolio")
@RestController
@RequestMapping("/api/v1/portfolio")
class ClientsController {
    /** Four months of minutes. */
    private static final int MOST_POINTS = 50_000;

    private final LiveRuns runs;
    private final Store store;

    ClientsController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * A client in a currency.
     *
     * @param unmarked open positions without a mark, which are in no unrealized and no net
     */
    @Schema(name = "Client")
    record ClientView(
            String clientId,
            String currency,
            long instruments,
            long openPositions,
            long unmarked,
            @Nullable String realizedPnl,
            @Nullable String unrealizedPnl,
            @Nullable String fees,
            @Nullable String netPnl) {
        static ClientView from(ClientPnl client) {
            return new ClientView(
                    client.clientId(),
                    client.currency(),
                    client.instruments(),
                    client.openPositions(),
                    client.unmarked(),
                    Texts.of(client.realizedPnl()),
                    Texts.of(client.unrealizedPnl()),
                    Texts.of(client.fees()),
                    Texts.of(client.netPnl()));
        }
    }

    record ClientsView(
            String run, List<ClientView> clients, @Nullable String nextCursor) {}

    @Operation(summary = "Clients with what they earned, by name, one line for each currency")
    @GetMapping("/clients")
    ClientsView clients(
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        String part = Parameters.optional("search", search);
        String readable = runs.readable(run);
        Page<ClientPnl> page = store.ask(
                connection -> ClientQuery.list(connection, readable, part, Cursors.read(cursor), Cursors.limit(limit)));
        return new ClientsView(
                readable, page.rows().stream().map(ClientView::from).toList(), Cursors.write(page.next()));
    }

    /** An open lot, in the words of the file of lots. */
    @Schema(name = "Lot")
    record LotView(
            String clientId,
            String instrument,
            long lotNo,
            String tradeId,
            String side,
            @Nullable String quantity,
            @Nullable String price,
            @Nullable String openedAt) {
        static LotView from(StoredLot lot) {
            return new LotView(
                    lot.clientId(),
                    lot.instrument(),
                    lot.lotNo(),
                    lot.tradeId(),
                    lot.side(),
                    Texts.of(lot.quantity()),
                    Texts.of(lot.price()),
                    Texts.of(lot.openedAt()));
        }
    }

    record LotsView(
            String run, List<LotView> lots, @Nullable String nextCursor) {}

    @Operation(summary = "Open lots of a client, the oldest of each instrument first")
    @GetMapping("/lots")
    LotsView lots(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String symbols,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        String client = PortfolioController.clientOf(clientId);
        List<String> instruments = Parameters.symbols(symbols, symbol);
        String readable = runs.readable(run);
        Page<StoredLot> page = store.ask(connection ->
                LotQuery.list(connection, readable, client, instruments, Cursors.read(cursor), Cursors.limit(limit)));
        return new LotsView(readable, page.rows().stream().map(LotView::from).toList(), Cursors.write(page.next()));
    }

    /**
     * What a client had earned at the end of an interval.
     *
     * @param drawdown how far the net lies below its highest so far; zero or less
     */
    @Schema(name = "EquityPoint")
    record PointView(
            @Nullable String timestamp,
            String currency,
            @Nullable String realizedPnl,
            @Nullable String unrealizedPnl,
            @Nullable String fees,
            @Nullable String netPnl,
            @Nullable String drawdown) {
        static PointView from(StoredEquity point) {
            return new PointView(
                    Texts.of(point.timestamp()),
                    point.currency(),
                    Texts.of(point.realizedPnl()),
                    Texts.of(point.unrealizedPnl()),
                    Texts.of(point.fees()),
                    Texts.of(point.netPnl()),
                    Texts.of(point.drawdown()));
        }
    }

    record EquityView(String run, String clientId, List<PointView> points) {}

    @Operation(
            summary = "What a client had earned at the end of each interval, oldest first",
            description = "The newest 50,000 points, one for each currency and interval.")
    @GetMapping("/equity")
    EquityView equity(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        String client = PortfolioController.clientOf(clientId);
        String readable = runs.readable(run);
        return new EquityView(
                readable,
                client,
                store.ask(connection -> ClientQuery.equity(connection, readable, client, MOST_POINTS)).stream()
                        .map(PointView::from)
                        .toList());
    }
}
