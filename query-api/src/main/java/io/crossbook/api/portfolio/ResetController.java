package io.crossbook.api.portfolio;

import io.crossbook.api.ServeSettings;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends the live run and begins another. */
@Tag(name = "portfolio")
@RestController
@RequestMapping("/api/v1/portfolio")
class ResetController {
    private final ServeSettings settings;
    private final LiveRuns runs;

    ResetController(ServeSettings settings, LiveRuns runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /**
     * @param run that takes orders now
     * @param previousRun the one that has ended; it can still be read
     */
    record ResetView(String run, String previousRun) {}

    @Operation(
            summary = "End the live run and begin another",
            description =
                    "Only where the program was started with --allow-reset. Answered when the new run takes orders.")
    @PostMapping("/reset")
    CompletableFuture<ResetView> reset() {
        if (!settings.allowReset()) {
            throw Problem.forbidden("RESET_NOT_ALLOWED", "the program was started without --allow-reset");
        }
        String before = runs.require().runId();
        return runs.reset().thenApply(run -> new ResetView(run, before));
    }
}
