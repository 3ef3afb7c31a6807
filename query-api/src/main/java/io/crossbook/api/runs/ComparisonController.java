package io.crossbook.api.runs;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.RunComparison;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Two runs side by side. */
@Tag(name = "runs")
@RestController
@RequestMapping("/api/v1/runs/{id}/compare/{other}")
class ComparisonController {
    private final LiveRuns runs;
    private final Store store;

    ComparisonController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * Where two runs part.
     *
     * @param table the first that differs
     * @param sequence of the command behind the row
     * @param left the row of the first run; {@code null} if it has none
     */
    @Schema(name = "RunDifference")
    record DifferenceView(
            String table,
            String instrument,
            long sequence,
            @JsonRawValue @Nullable String left,
            @JsonRawValue @Nullable String right) {}

    /**
     * Net P&amp;L of a client in either run; {@code null} where he has no part in it.
     *
     * @param difference how much more in the right one
     */
    @Schema(name = "ComparedPnl")
    record PnlView(
            String clientId,
            String currency,
            @Nullable String left,
            @Nullable String right,
            @Nullable String difference) {}

    /**
     * @param difference {@code null} if trades, orders, realized P&L, lots and positions are the same
     * @param pnl those first whose P&amp;L differs most
     */
    record ComparisonView(
            String left, String right, @Nullable DifferenceView difference, List<PnlView> pnl) {}

    @Operation(
            summary = "Where two runs part, and what their clients earned in each",
            description = "The first row that differs of the tables that the hash covers.")
    @GetMapping
    ComparisonView compare(
            @PathVariable("id") String id,
            @PathVariable("other") String other,
            @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        int most = Cursors.limit(limit);
        String left = runs.readable(Parameters.required("id", id));
        String right = runs.readable(Parameters.required("other", other));
        return store.ask(connection -> new ComparisonView(
                left,
                right,
                RunComparison.first(connection, left, right)
                        .map(ComparisonController::view)
                        .orElse(null),
                RunComparison.pnl(connection, left, right, most).stream()
                        .map(each -> new PnlView(
                                each.clientId(),
                                each.currency(),
                                Texts.of(each.one()),
                                Texts.of(each.other()),
                                Texts.of(each.difference())))
                        .toList()));
    }

    private static DifferenceView view(RunComparison.Difference difference) {
        return new DifferenceView(
                difference.table(),
                difference.instrument(),
                difference.sequence(),
                difference.one(),
                difference.other());
    }
}
