package io.crossbook.api.runs;

import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Cursors;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.queries.Page;
import io.crossbook.store.queries.RunQuery;
import io.crossbook.store.queries.StoredRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The runs that are stored. */
@Tag(name = "runs")
@RestController
@RequestMapping("/api/v1/runs")
class RunsController {
    private final LiveRuns runs;
    private final Store store;

    RunsController(LiveRuns runs, Store store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * A run.
     *
     * @param state RUNNING, FINISHED or FAILED
     * @param takesOrders whether it is the live run of this API
     * @param hash {@code null} until it is finished, as are the counts
     */
    @Schema(name = "Run")
    record RunView(
            String runId,
            String mode,
            String version,
            String state,
            boolean takesOrders,
            @Nullable String startedAt,
            @Nullable String endedAt,
            @Nullable String failure,
            @Nullable String hash,
            @Nullable Long inputRows,
            @Nullable Long accepted,
            @Nullable Long rejected,
            @Nullable Long duplicate,
            @Nullable Long trades,
            @Nullable String firstTimestamp,
            @Nullable String lastTimestamp) {}

    private RunView view(StoredRun run) {
        return new RunView(
                run.runId(),
                run.mode(),
                run.version(),
                run.state(),
                runs.currentIf(run.runId()).isPresent(),
                Texts.of(run.startedAt()),
                Texts.of(run.endedAt()),
                run.failure(),
                run.hash(),
                run.inputRows(),
                run.accepted(),
                run.rejected(),
                run.duplicate(),
                run.trades(),
                Texts.of(run.firstTimestamp()),
                Texts.of(run.lastTimestamp()));
    }

    record RunsView(List<RunView> runs, @Nullable String nextCursor) {}

    @Operation(summary = "All runs, newest first")
    @GetMapping
    RunsView runs(
            @RequestParam(defaultValue = "100") int limit, @RequestParam(required = false) @Nullable String cursor)
            throws SQLException {
        Page<StoredRun> page =
                store.ask(connection -> RunQuery.list(connection, Cursors.read(cursor), Cursors.limit(limit)));
        return new RunsView(page.rows().stream().map(this::view).toList(), Cursors.write(page.next()));
    }

    @Operation(summary = "One run")
    @GetMapping("/{id}")
    RunView run(@PathVariable("id") String id) throws SQLException {
        return view(find(id));
    }

    private StoredRun find(String id) throws SQLException {
        Parameters.required("id", id);
        return store.ask(connection -> RunQuery.find(connection, id))
                .orElseThrow(() ->
                        Problem.notFound("UNKNOWN_RUN", "no run \"" + id + "\"; GET /api/v1/runs lists the runs"));
    }

    @Operation(
            summary = "The summary of a finished run",
            description = "The run.json of its files: input, totals, checks, hash.")
    @GetMapping(path = "/{id}/report", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> report(@PathVariable("id") String id) throws SQLException {
        StoredRun run = find(id);
        String summary = store.ask(connection -> RunQuery.summary(connection, id))
                .orElseThrow(() -> Problem.conflict(
                        "RUN_NOT_FINISHED",
                        "run \"" + id + "\" is " + run.state() + "; its report is written when it is finished"));
        return ResponseEntity.ok(summary);
    }
}
