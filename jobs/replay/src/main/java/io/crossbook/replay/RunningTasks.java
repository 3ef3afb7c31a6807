package io.crossbook.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;

/**
 * Tells when all tasks of a job run. A job's own state says so as soon as they are asked for, long before they have read their
 * state; Flink's REST knows each.
 */
final class RunningTasks {
    private static final long LOOK_NANOS = 100_000_000;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String RUNNING = "RUNNING";

    private final int port;
    private final JobID job;

    RunningTasks(int port, JobID job) {
        this.port = port;
        this.job = job;
    }

    /** Looks from now on, on a thread of its own, and calls once when they do. */
    void tell(Runnable told) {
        Thread watch = new Thread(
                () -> {
                    while (!allRun()) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                    told.run();
                },
                "running tasks");
        watch.setDaemon(true);
        watch.start();
    }

    private boolean allRun() {
        try {
            return allRun(BacktestSettings.JSON.readTree(answer()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private byte[] answer() throws IOException {
        URL url = URI.create("http://127.0.0.1:" + port + "/jobs/" + job).toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }

    /** Whether each step of a job has as many running tasks as it is to have, by Flink's description of the job. */
    static boolean allRun(JsonNode description) {
        boolean all = description.path("state").asText().equals(RUNNING);
        for (JsonNode step : description.path("vertices")) {
            all &= step.path("tasks").path(RUNNING).asInt()
                    == step.path("parallelism").asInt();
        }
        return all && !description.path("vertices").isEmpty();
    }
}
