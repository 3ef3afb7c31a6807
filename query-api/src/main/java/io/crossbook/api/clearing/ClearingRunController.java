package io.crossbook.api.clearing;

import io.crossbook.api.clearing.ClearingViews.RunView;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Parameters;
import io.crossbook.api.web.Store;
import io.crossbook.api.web.Texts;
import io.crossbook.store.clearing.ClearingChecks;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import io.crossbook.store.clearing.ClearingSteps;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How one clearing went, whether it became official or not. */
@Tag(name = "clearing")
@RestController
@RequestMapping(ClearingRequestController.PATH)
class ClearingRunController {
    private static final int MOST_RESTATED = 10_000;

    private final Store store;

    ClearingRunController(Store store) {
        this.store = store;
    }

    /**
     * A step that was begun.
     *
     * @param state STARTED, COMPLETED or FAILED; one that was cut off is STARTED
     * @param attempts how often it was begun
     * @param elapsedSeconds of the attempts that came to an end
     */
    @Schema(name = "ClearingStep")
    record StepView(
            String step,
            String state,
            long attempts,
            @Nullable String elapsedSeconds) {}

    @Schema(name = "ClearingCheck")
    record CheckView(String name, long breaks) {}

    /** What broke a check, as in the file of breaks. */
    @Schema(name = "ClearingBreak")
    record BreakView(
            String name,
            String subject,
            @Nullable String expected,
            @Nullable String found) {}

    /** Variation margin of a member that a clearing changed. */
    @Schema(name = "RestatedVariation")
    record RestatedView(
            String member,
            String instrument,
            String currency,
            @Nullable String oldAmount,
            @Nullable String newAmount,
            @Nullable String difference) {}

    /** @param restated what it changed of the clearing that it replaces, if it replaces one */
    @Schema(name = "ClearingDetails")
    record DetailsView(
            RunView run,
            List<StepView> steps,
            List<CheckView> checks,
            List<BreakView> breaks,
            List<RestatedView> restated) {}

    @Operation(
            summary = "How one clearing went",
            description = "Its steps, checks, breaks, and what it changed of the clearing that it replaces.")
    @GetMapping("/{date}/runs/{no}")
    DetailsView details(
            @PathVariable("date") String date,
            @PathVariable("no") int number,
            @RequestParam String run,
            @RequestParam(name = "what_if", defaultValue = "false") boolean whatIf)
            throws SQLException {
        String chain = Parameters.required("run", run);
        LocalDate day = BusinessDates.read(date);
        ClearingRun found = store.ask(connection -> ClearingRunTable.find(connection, chain, day, number, whatIf))
                .orElseThrow(() -> Problem.notFound(
                        "UNKNOWN_CLEARING",
                        "no " + (whatIf ? "what-if " : "clearing ") + number + " of " + date + " of run \"" + chain
                                + "\"; GET /api/v1/clearing/runs lists the clearings"));
        long no = found.clearingNo();
        return store.ask(connection -> new DetailsView(
                ClearingController.view(found),
                ClearingSteps.list(connection, no).stream()
                        .map(step -> new StepView(
                                step.name(), step.state(), step.attempts(), Texts.of(step.elapsedSeconds())))
                        .toList(),
                ClearingChecks.list(connection, no).stream()
                        .map(check -> new CheckView(check.name(), check.breaks()))
                        .toList(),
                ClearingChecks.breaks(connection, no).stream()
                        .map(each -> new BreakView(each.name(), each.subject(), each.expected(), each.found()))
                        .toList(),
                ClearingSteps.restated(connection, no, MOST_RESTATED).stream()
                        .map(each -> new RestatedView(
                                each.member(),
                                each.instrument(),
                                each.currency(),
                                Texts.of(each.oldAmount()),
                                Texts.of(each.newAmount()),
                                Texts.of(each.difference())))
                        .toList()));
    }
}
