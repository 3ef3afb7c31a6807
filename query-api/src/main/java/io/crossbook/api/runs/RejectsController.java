package io.crossbook.api.runs;

import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.RejectQuery;
import io.crossbook.store.queries.StoredReject;
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

/** What a run refused. */
@Tag(name = "runs")
@RestController
@RequestMapping("/api/v1/runs/{id}/rejects")
class RejectsController {
    private final LiveRuns runs;
    private final Store store;

    RejectsController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /** A reason of the closed list, and how often it was given. */
    @Schema(name = "RejectReason")
    record ReasonView(String code, long rejects) {}

    record ReasonsView(String run, List<ReasonView> reasons) {}

    @Operation(summary = "Why a run refused input, the most frequent reason first")
    @GetMapping("/reasons")
    ReasonsView reasons(@PathVariable("id") String id) throws SQLException {
        String readable = runs.readable(Parameters.required("id", id));
        return new ReasonsView(
                readable,
                store.ask(connection -> RejectQuery.reasons(connection, readable)).stream()
                        .map(reason -> new ReasonView(reason.code(), reason.rejects()))
                        .toList());
    }

    /** A line that could not be read, or a command that was refused, in the words of the file of rejects. */
    @Schema(name = "Reject")
    record RejectView(
            String file,
            long line,
            @Nullable String instrument,
            @Nullable Long sequence,
            @Nullable String orderId,
            String code,
            String message,
            String raw) {
        static RejectView from(StoredReject reject) {
            return new RejectView(
                    reject.file(),
                    reject.line(),
                    reject.instrument(),
                    reject.sequence(),
                    reject.orderId(),
                    reject.code(),
                    reject.message(),
                    reject.raw());
        }
    }

    record RejectsView(
            String run, List<RejectView> rejects, @Nullable String nextCursor) {}

    @Operation(summary = "What a run refused, in the order of the input")
    @GetMapping
    RejectsView rejects(
            @PathVariable("id") String id,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        String reason = Parameters.optional("code", code);
        String readable = runs.readable(Parameters.required("id", id));
        Page<StoredReject> page = store.ask(connection ->
                RejectQuery.list(connection, readable, reason, Cursors.read(cursor), Cursors.limit(limit)));
        return new RejectsView(
                readable, page.rows().stream().map(RejectView::from).toList(), Cursors.write(page.next()));
    }
}
