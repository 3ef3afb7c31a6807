package io.crossbook.api.admin;

import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.web.Store;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether everything that is needed answers. */
@RestController
class HealthController {
    private static final int PATIENCE_SECONDS = 2;
    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final String NOT_CONFIGURED = "not_configured";

    private final LiveRuns runs;
    private final Store store;
    private final FlinkJob job;

    HealthController(LiveRuns runs, Store store, FlinkJob job) {
        this.runs = runs;
        this.store = store;
        this.job = job;
    }

    /** One part, with a sentence where it is down. */
    record PartView(String state, @Nullable String detail) {}

    record HealthView(String status, PartView database, PartView broker, PartView job) {}

    @GetMapping("/healthz")
    ResponseEntity<HealthView> health() {
        PartView database = database();
        PartView broker = runs.current().map(HealthController::broker).orElse(notConfigured());
        PartView itsJob = runs.current().map(this::job).orElse(notConfigured());
        boolean up = isUp(database) && isUp(broker) && isUp(itsJob);
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new HealthView(up ? UP : DOWN, database, broker, itsJob));
    }

    private static boolean isUp(PartView part) {
        return !part.state().equals(DOWN);
    }

    private static PartView notConfigured() {
        return new PartView(NOT_CONFIGURED, null);
    }

    private PartView database() {
        try {
            return store.ask((Connection connection) -> connection.isValid(PATIENCE_SECONDS))
                    ? new PartView(UP, null)
                    : new PartView(DOWN, "it does not answer");
        } catch (Exception failed) {
            return new PartView(DOWN, failed.getMessage());
        }
    }

    private static PartView broker(LiveRun live) {
        try {
            live.admin().describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return live.isConnected()
                    ? new PartView(UP, null)
                    : new PartView(DOWN, "the topics of run \"" + live.runId() + "\" are not there yet");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new PartView(DOWN, "being stopped");
        } catch (Exception failed) {
            return new PartView(DOWN, "no broker answers at " + live.settings().bootstrapServers());
        }
    }

    private PartView job(LiveRun live) {
        if (live.settings().flinkUrl() == null) {
            return notConfigured();
        }
        Optional<String> state = job.state(live.settings().flinkUrl());
        if (state.isEmpty()) {
            return new PartView(DOWN, "no job answers at " + live.settings().flinkUrl());
        }
        return state.get().equals("RUNNING") ? new PartView(UP, null) : new PartView(DOWN, "the job is " + state.get());
    }
}
