package io.crossbook.api.market;

import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.model.Instrument;
import io.crossbook.store.InstrumentTable;
import io.crossbook.store.queries.MarkQuery;
import io.crossbook.store.queries.PositionQuery;
import io.crossbook.store.queries.StoredMark;
import io.crossbook.store.queries.StoredPosition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The instruments of a run, and what a client holds of them. */
@Tag(name = "market")
@RestController
@RequestMapping("/api/v1")
class InstrumentsController {
    private final LiveRuns runs;
    private final Store store;

    InstrumentsController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /** @param described whether a file described it; others have permissive rules */
    record InstrumentView(
            String instrument,
            boolean described,
            String kind,
            String currency,
            @Nullable String tickSize,
            @Nullable String lotSize,
            @Nullable String multiplier,
            @Nullable String makerFeeBps,
            @Nullable String takerFeeBps,
            @Nullable String minPrice,
            @Nullable String maxPrice,
            @Nullable String minQuantity,
            @Nullable String maxQuantity,
            @Nullable String priceBandBps,
            @Nullable String referencePrice,
            boolean allowShort,
            @Nullable String expiry,
            @Nullable String markPrice) {
        static InstrumentView from(Instrument instrument, boolean described, @Nullable String markPrice) {
            return new InstrumentView(
                    instrument.symbol(),
                    described,
                    instrument.kind().name(),
                    instrument.currency(),
                    Texts.of(instrument.tickSize()),
                    Texts.of(instrument.lotSize()),
                    Texts.of(instrument.multiplier()),
                    Texts.of(instrument.makerFeeBps()),
                    Texts.of(instrument.takerFeeBps()),
                    Texts.of(instrument.minPrice()),
                    Texts.of(instrument.maxPrice()),
                    Texts.of(instrument.minQuantity()),
                    Texts.of(instrument.maxQuantity()),
                    Texts.of(instrument.priceBandBps()),
                    Texts.of(instrument.referencePrice()),
                    instrument.allowShort(),
                    instrument.expiry() == null ? null : instrument.expiry().toString(),
                    markPrice);
        }
    }

    record InstrumentsView(String run, List<InstrumentView> instruments) {}

    @Operation(
            summary = "Instruments with their rules",
            description = "Those of a file, and those that traded or have a mark.")
    @GetMapping("/instruments")
    InstrumentsView instruments(@RequestParam(required = false) @Nullable String run) throws SQLException {
        String readable = runs.readable(run);
        Map<String, String> marks = new TreeMap<>();
        for (StoredMark mark : store.ask(connection -> MarkQuery.list(connection, readable, List.of()))) {
            marks.put(mark.instrument(), mark.price().toString());
        }
        Map<String, InstrumentView> all = new TreeMap<>();
        marks.forEach(
                (symbol, mark) -> all.put(symbol, InstrumentView.from(Instrument.permissive(symbol), false, mark)));
        runs.currentIf(readable).ifPresent(live -> live.bookInstruments()
                .forEach(symbol ->
                        all.putIfAbsent(symbol, InstrumentView.from(Instrument.permissive(symbol), false, null))));
        for (Instrument described : store.ask(connection -> InstrumentTable.read(connection, readable))) {
            all.put(described.symbol(), InstrumentView.from(described, true, marks.get(described.symbol())));
        }
        return new InstrumentsView(readable, List.copyOf(all.values()));
    }

    /**
     * What a client holds of an instrument.
     *
     * @param cost of the open lots, negative for a short position
     */
    record HoldingView(
            String instrument,
            @Nullable String netQuantity,
            @Nullable String cost,
            @Nullable String averagePrice,
            @Nullable String realizedPnl,
            @Nullable String unrealizedPnl,
            @Nullable String lastUpdated) {
        static HoldingView from(StoredPosition position) {
            return new HoldingView(
                    position.instrument(),
                    Texts.of(position.netQuantity()),
                    Texts.of(position.cost()),
                    Texts.of(position.averagePrice()),
                    Texts.of(position.realizedPnl()),
                    Texts.of(position.unrealizedPnl()),
                    Texts.of(position.updatedAt()));
        }
    }

    record HoldingsView(String run, String clientId, List<HoldingView> positions) {}

    @Operation(summary = "What a client holds, and at what cost")
    @GetMapping("/market/positions/{client_id}")
    HoldingsView positions(
            @PathVariable("client_id") String clientId, @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        Parameters.required("client_id", clientId);
        String readable = runs.readable(run);
        List<StoredPosition> held =
                store.ask(connection -> PositionQuery.ofClient(connection, readable, clientId, List.of()));
        return new HoldingsView(
                readable, clientId, held.stream().map(HoldingView::from).toList());
    }
}
