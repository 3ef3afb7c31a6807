package io.crossbook.api.portfolio;

import io.crossbook.api.form.Form;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.orders.AnswerThreads;
import io.crossbook.api.orders.PendingAnswer;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.KeptAnswers;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.model.Decimal;
import io.crossbook.store.queries.FillQuery;
import io.crossbook.store.queries.MarkQuery;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.PositionQuery;
import io.crossbook.store.queries.StoredFill;
import io.crossbook.store.queries.StoredMark;
import io.crossbook.store.queries.StoredPosition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client holds and earned; trades made elsewhere and marks. */
@Tag(name = "portfolio")
@RestController
@RequestMapping("/api/v1/portfolio")
class PortfolioController {
    private static final int MOST_PRICES = 1000;
    /** What the matcher takes as a price. */
    private static final int MOST_DECIMALS = 18;
    /** Bytes of all kept answers and their questions together. */
    private static final long MOST_KEPT = 32 << 20;

    private final PortfolioEntry entry;
    private final LiveRuns runs;
    private final Store store;
    private final JsonMapper json;
    /** As they are sent: of a question that comes again, writing its answer would be most of the work. */
    private final KeptAnswers<Holding, byte[]> kept;

    /** What is asked of a client's positions, all of them if no instruments are named. */
    private record Holding(Class<?> view, String run, String client, List<String> instruments) {
        /** Bytes in memory with its answer, about: a question can be long where its answer is short. */
        int weight(byte[] answer) {
            return 256 + toString().length() + 64 * instruments.size() + answer.length;
        }
    }

    private interface HoldingView {
        Object of(String run, String client, List<StoredPosition> positions);
    }

    PortfolioController(PortfolioEntry entry, LiveRuns runs, Store store, JsonMapper json, AnswerThreads threads) {
        this.entry = entry;
        this.runs = runs;
        this.store = store;
        this.json = json;
        this.kept = new KeptAnswers<>(store, threads.executor(), MOST_KEPT, Holding::weight);
    }

    @Operation(summary = "Book a trade made elsewhere", description = "Known again by its trade_id.")
    @ApiResponse(
            responseCode = "201",
            description = "booked",
            content = @Content(schema = @Schema(implementation = FillView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "was booked before",
            content = @Content(schema = @Schema(implementation = FillView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome is not known yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = FillForm.class)))
    @PostMapping("/trades")
    CompletableFuture<ResponseEntity<Object>> book(
            @RequestBody JsonNode body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        return entry.book(FillForm.read(Form.of(body), idempotencyKey), prefer);
    }

    /** One page of trades made elsewhere, newest first. */
    record FillsView(
            String run, List<FillView> trades, @Nullable String nextCursor) {}

    @Operation(summary = "Trades made elsewhere, newest first")
    @GetMapping("/trades")
    FillsView fills(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String symbols,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        List<String> instruments = Parameters.symbols(symbols, symbol);
        String client = clientOf(clientId);
        String readable = runs.readable(run);
        Page<StoredFill> page = store.ask(connection ->
                FillQuery.list(connection, readable, client, instruments, Cursors.read(cursor), Cursors.limit(limit)));
        return new FillsView(
                readable,
                page.rows().stream().map(fill -> FillView.from(fill, false)).toList(),
                Cursors.write(page.next()));
    }

    static String clientOf(@Nullable String clientId) {
        String given = Parameters.optional("client_id", clientId);
        return given == null ? FillForm.DEFAULT_CLIENT : given;
    }

    @Operation(summary = "What a client holds and what it is worth")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = PositionsView.class)))
    @GetMapping("/positions")
    CompletableFuture<ResponseEntity<byte[]>> positions(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String symbols,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        List<String> instruments = Parameters.symbols(symbols, symbol);
        return held(
                new Holding(PositionsView.class, runs.readable(run), clientOf(clientId), instruments),
                PositionsView::of);
    }

    @Operation(summary = "What a client earned")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = PnlView.class)))
    @GetMapping("/pnl")
    CompletableFuture<ResponseEntity<byte[]>> pnl(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String symbols,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        List<String> instruments = Parameters.symbols(symbols, symbol);
        return held(new Holding(PnlView.class, runs.readable(run), clientOf(clientId), instruments), PnlView::of);
    }

    private CompletableFuture<ResponseEntity<byte[]>> held(Holding asked, HoldingView view) {
        return kept.ask(
                        asked,
                        connection -> json.writeValueAsBytes(view.of(
                                asked.run(),
                                asked.client(),
                                PositionQuery.ofClient(connection, asked.run(), asked.client(), asked.instruments()))))
                .thenApply(ResponseEntity::ok);
    }

    /** What {@code POST /portfolio/market-prices/bulk} takes. */
    @Schema(name = "PricesRequest")
    record PricesForm(
            @Schema(example = "{\"BTC-USD\": \"44000\"}") Map<String, String> prices) {}

    @Operation(summary = "Set marks of several instruments, all or none")
    @ApiResponse(
            responseCode = "200",
            description = "set",
            content = @Content(schema = @Schema(implementation = PortfolioEntry.MarkedView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the outcome is not known yet",
            content = @Content(schema = @Schema(implementation = PendingAnswer.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = PricesForm.class)))
    @PostMapping("/market-prices/bulk")
    CompletableFuture<ResponseEntity<Object>> mark(
            @RequestBody JsonNode body, @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        return entry.mark(prices(Form.of(body)), prefer);
    }

    /** What the matcher would refuse must not get through for one of them, since the others would. */
    private static Map<String, String> prices(Form form) {
        Map<String, String> prices = new LinkedHashMap<>();
        Form given = form.object("prices");
        if (given != null) {
            List<String> names = given.names();
            if (names.isEmpty() || names.size() > MOST_PRICES) {
                form.fault("prices", "must have 1 to " + MOST_PRICES + " instruments, has " + names.size());
            } else {
                names.forEach(instrument -> readPrice(given, instrument, prices));
            }
        }
        form.refuseOthers();
        form.check();
        return prices;
    }

    private static void readPrice(Form given, String instrument, Map<String, String> prices) {
        String wrong = instrument.isBlank() ? "must be an instrument, is empty" : Form.wrongText(instrument);
        if (wrong != null) {
            given.fault(instrument.length() <= Form.LONGEST_TEXT ? instrument : "instrument", wrong);
            return;
        }
        String price = given.requiredDecimal(instrument);
        if (price != null) {
            if (Decimal.parse(price).scale() > MOST_DECIMALS) {
                given.fault(instrument, "may have " + MOST_DECIMALS + " digits behind the point, was " + price);
            } else {
                prices.put(instrument.strip(), price);
            }
        }
    }

    /** @param prices what each instrument is valued with: the newest mark, else the last trade */
    record PricesView(String run, Map<String, String> prices) {}

    @Operation(summary = "What instruments are valued with", description = "The newest mark, else the last trade.")
    @GetMapping("/market-prices")
    PricesView marks(
            @RequestParam(required = false) @Nullable String symbols,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        List<String> instruments = Parameters.symbols(symbols, symbol);
        String readable = runs.readable(run);
        Map<String, String> prices = new TreeMap<>();
        for (StoredMark mark : store.ask(connection -> MarkQuery.list(connection, readable, instruments))) {
            prices.put(mark.instrument(), mark.price().toString());
        }
        return new PricesView(readable, prices);
    }
}
