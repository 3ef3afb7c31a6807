package io.crossbook.api.clearing;

import io.crossbook.api.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Has a date cleared. */
@Tag(name = "clearing")
@RestController
@RequestMapping(ClearingRequestController.PATH)
class ClearingRequestController {
    static final String PATH = "/api/v1/clearing";

    private final ClearingDesk desk;

    ClearingRequestController(ClearingDesk desk) {
        this.desk = desk;
    }

    /**
     * A clearing that was asked for.
     *
     * @param state RUNNING, COMPLETED, REFUSED, UNBALANCED, STOPPED or FAILED
     * @param messages what the program has said, the last hundred lines
     */
    @Schema(name = "RequestedClearing")
    record RequestView(String id, String businessDate, String state, String statusUrl, List<String> messages) {
        static RequestView of(ClearingRequest request) {
            return new RequestView(
                    request.id(),
                    request.date().toString(),
                    request.state(),
                    PATH + "/requests/" + request.id(),
                    request.messages());
        }
    }

    @Operation(
            summary = "Clear a date",
            description =
                    "Only where the program was started with --allow-clearing. Starts crossbook clear and answers at"
                            + " once; the status address says what came of it.")
    @ApiResponse(
            responseCode = "202",
            description = "begun, or begun before by the same Idempotency-Key",
            content = @Content(schema = @Schema(implementation = RequestView.class)))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ClearingForm.class)))
    @PostMapping("/{date}/run")
    ResponseEntity<RequestView> run(
            @PathVariable("date") String date,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        RequestView begun =
                RequestView.of(desk.begin(BusinessDates.read(date), ClearingForm.read(body, idempotencyKey)));
        return ResponseEntity.accepted().location(URI.create(begun.statusUrl())).body(begun);
    }

    @Operation(
            summary = "What came of a clearing that was asked for",
            description = "Known for a day, and until the program ends; GET /clearing/runs lists all clearings.")
    @GetMapping("/requests/{id}")
    RequestView request(@PathVariable("id") String id) {
        return desk.find(id)
                .map(RequestView::of)
                .orElseThrow(() -> Problem.notFound(
                        "UNKNOWN_REQUEST",
                        "no clearing was asked for by this id since the program started;"
                                + " GET /api/v1/clearing/runs lists all"));
    }
}
