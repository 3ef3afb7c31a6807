package io.crossbook.api.clearing;

import io.crossbook.api.clearing.ClearingViews.MarginView;
import io.crossbook.api.clearing.ClearingViews.MarginsView;
import io.crossbook.api.clearing.ClearingViews.ObligationView;
import io.crossbook.api.clearing.ClearingViews.ObligationsView;
import io.crossbook.api.clearing.ClearingViews.PositionView;
import io.crossbook.api.clearing.ClearingViews.PositionsView;
import io.crossbook.api.clearing.ClearingViews.PriceView;
import io.crossbook.api.clearing.ClearingViews.PricesView;
import io.crossbook.api.clearing.ClearingViews.RunView;
import io.crossbook.api.clearing.ClearingViews.RunsView;
import io.crossbook.api.clearing.ClearingViews.StatementView;
import io.crossbook.api.clearing.ClearingViews.VariationView;
import io.crossbook.api.clearing.ClearingViews.VariationsView;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.model.Timestamps;
import io.crossbook.store.clearing.ClearingReport;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import io.crossbook.store.clearing.MemberReport;
import io.crossbook.store.queries.Place;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was cleared. Without {@code run}, that of the run {@code live} is meant, else of the newest that was cleared on the date. */
@Tag(name = "clearing")
@RestController
@RequestMapping(ClearingRequestController.PATH)
class ClearingController {
    /** Of one report in a statement; whoever traded more than that on a day reads the files. */
    private static final int MOST_LINES = 10_000;

    private final Store store;

    ClearingController(Store store) {
        this.store = store;
    }

    @Operation(summary = "All clearings, newest first")
    @GetMapping("/runs")
    RunsView runs(
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        @Nullable String chain = Parameters.optional("run", run);
        @Nullable Place after = Cursors.read(cursor);
        int most = Cursors.limit(limit);
        List<ClearingRun> found = store.ask(connection -> ClearingRunTable.newestFirst(
                connection, chain, after == null ? Long.MAX_VALUE : after.major(), most + 1));
        boolean more = found.size() > most;
        List<ClearingRun> page = more ? found.subList(0, most) : found;
        return new RunsView(
                page.stream().map(ClearingController::view).toList(),
                more ? Cursors.write(new Place(page.get(most - 1).clearingNo(), "", 0)) : null);
    }

    static RunView view(ClearingRun run) {
        return new RunView(
                run.runId(),
                run.businessDate().toString(),
                run.runNo(),
                run.state().name(),
                run.official(),
                run.whatIf(),
                run.stale(),
                run.reason(),
                run.step(),
                Timestamps.format(run.startedAt()),
                run.endedAt() == null ? null : Timestamps.format(run.endedAt()),
                run.failure(),
                run.hash());
    }

    @Operation(summary = "Positions of the official clearing of a date")
    @GetMapping("/{date}/positions")
    PositionsView positions(
            @PathVariable("date") String date,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Lines<PositionView> lines = lines(ClearingReport.POSITIONS, date, run, member, limit, cursor, PositionView::of);
        return new PositionsView(lines.run(), lines.lines(), lines.next());
    }

    @Operation(summary = "Settlement prices of a date, and how they were found")
    @GetMapping("/{date}/prices")
    PricesView prices(
            @PathVariable("date") String date,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Lines<PriceView> lines = lines(ClearingReport.PRICES, date, run, null, limit, cursor, PriceView::of);
        return new PricesView(lines.run(), lines.lines(), lines.next());
    }

    @Operation(summary = "Variation margin of a date", description = "Paid to the member if above zero.")
    @GetMapping("/{date}/variation")
    VariationsView variation(
            @PathVariable("date") String date,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Lines<VariationView> lines =
                lines(ClearingReport.VARIATION, date, run, member, limit, cursor, VariationView::of);
        return new VariationsView(lines.run(), lines.lines(), lines.next());
    }

    @Operation(
            summary = "What is to be delivered against payment",
            description = "A quantity above zero is to be received, cash above zero to be paid to the member.")
    @GetMapping("/{date}/obligations")
    ObligationsView obligations(
            @PathVariable("date") String date,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Lines<ObligationView> lines =
                lines(ClearingReport.OBLIGATIONS, date, run, member, limit, cursor, ObligationView::of);
        return new ObligationsView(lines.run(), lines.lines(), lines.next());
    }

    @Operation(summary = "Margin requirements and calls of a date")
    @GetMapping("/{date}/margin")
    MarginsView margin(
            @PathVariable("date") String date,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Lines<MarginView> lines = lines(ClearingReport.MARGIN, date, run, member, limit, cursor, MarginView::of);
        return new MarginsView(lines.run(), lines.lines(), lines.next());
    }

    @Operation(
            summary = "All reports of a member",
            description =
                    "Positions, variation, settlement, trades, margin with its inputs, and fees; of each the first"
                            + " 10,000 lines.")
    @GetMapping("/{date}/statements/{member}")
    StatementView statement(
            @PathVariable("date") String date,
            @PathVariable("member") String member,
            @RequestParam(required = false) @Nullable String run)
            throws SQLException {
        String name = Parameters.required("member", member);
        ClearingRun cleared = cleared(date, run);
        Map<String, List<Map<String, @Nullable String>>> reports = new LinkedHashMap<>();
        for (MemberReport report : MemberReport.values()) {
            List<List<@Nullable String>> lines =
                    store.ask(connection -> report.of(connection, cleared.clearingNo(), name, MOST_LINES));
            reports.put(
                    report.title(),
                    lines.stream().map(line -> named(report.columns(), line)).toList());
        }
        if (reports.values().stream().allMatch(List::isEmpty)) {
            throw Problem.notFound(
                    "UNKNOWN_MEMBER",
                    "\"" + name + "\" has no part in the clearing of " + date + " of run " + cleared.runId());
        }
        return new StatementView(view(cleared), name, reports);
    }

    private static Map<String, @Nullable String> named(List<String> columns, List<@Nullable String> line) {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            named.put(columns.get(i), line.get(i));
        }
        return named;
    }

    private record Lines<T>(
            RunView run, List<T> lines, @Nullable String next) {}

    /** A clearing does not change once it is official, so a place in it is a number of lines. */
    private <T> Lines<T> lines(
            ClearingReport report,
            String date,
            @Nullable String run,
            @Nullable String member,
            int limit,
            @Nullable String cursor,
            Function<List<@Nullable String>, T> view)
            throws SQLException {
        @Nullable String name = Parameters.optional("member", member);
        @Nullable Place after = Cursors.read(cursor);
        int most = Cursors.limit(limit);
        long offset = after == null ? 0 : Math.max(0, after.major());
        ClearingRun cleared = cleared(date, run);
        List<List<@Nullable String>> found =
                store.ask(connection -> report.some(connection, cleared.clearingNo(), name, offset, most + 1));
        boolean more = found.size() > most;
        return new Lines<>(
                view(cleared),
                (more ? found.subList(0, most) : found).stream().map(view).toList(),
                more ? Cursors.write(new Place(offset + most, "", 0)) : null);
    }

    private ClearingRun cleared(String date, @Nullable String run) throws SQLException {
        @Nullable String chain = Parameters.optional("run", run);
        LocalDate day = BusinessDates.read(date);
        return store.ask(connection -> ClearingRunTable.officialOn(connection, day, chain))
                .orElseThrow(() -> Problem.notFound(
                        "NOT_CLEARED",
                        date + (chain == null ? "" : " of run \"" + chain + '"')
                                + " is not cleared; GET /api/v1/clearing/runs lists the clearings"));
    }
}
