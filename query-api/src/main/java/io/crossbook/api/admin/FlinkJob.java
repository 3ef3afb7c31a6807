package io.crossbook.api.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job of the live run, asked by Flink's own REST. */
@Component
final class FlinkJob {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final JsonMapper json = JsonMapper.shared();

    /** Flink's word for how the newest job is, empty if nobody answers. */
    Optional<String> state(String flinkUrl) {
        return newest(flinkUrl).map(job -> job.path("state").asString(""));
    }

    /** The job that started last. */
    Optional<JsonNode> newest(String flinkUrl) {
        return ask(flinkUrl + "/jobs/overview").flatMap(answer -> {
            JsonNode newest = null;
            for (JsonNode job : answer.path("jobs")) {
                if (newest == null
                        || job.path("start-time").asLong()
                                > newest.path("start-time").asLong()) {
                    newest = job;
                }
            }
            return Optional.ofNullable(newest);
        });
    }

    /** How its checkpoints went. */
    Optional<JsonNode> checkpoints(String flinkUrl, String jobId) {
        return ask(flinkUrl + "/jobs/" + jobId + "/checkpoints");
    }

    private Optional<JsonNode> ask(String url) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(json.readTree(answer.body())) : Optional.empty();
        } catch (IOException | JacksonException away) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
