package io.crossbook.api.admin;

import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.problem.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The live run's job and topics. */
@Tag(name = "admin")
@RestController
@RequestMapping("/api/v1/admin")
class AdminController {
    private static final int PATIENCE_SECONDS = 5;

    private final LiveRuns runs;
    private final FlinkJob job;

    AdminController(LiveRuns runs, FlinkJob job, MeterRegistry registry) {
        this.runs = runs;
        this.job = job;
        Gauge.builder("job.lag", this::lagOrNothing)
                .description("commands in the topic whose outcome is not known yet")
                .register(registry);
    }

    /** How checkpoints went, in Flink's numbers. */
    record CheckpointsView(
            long completed,
            long failed,
            @Nullable Long newestId,
            @Nullable Long newestMillis) {}

    /**
     * The job of the live run.
     *
     * @param state Flink's word for it, {@code UNKNOWN} if it does not answer or nobody knows where
     * @param lag commands in the topic whose outcome was not read yet
     */
    record JobView(
            String run,
            String state,
            @Nullable String jobId,
            @Nullable CheckpointsView checkpoints,
            long lag,
            int waiting) {}

    @Operation(summary = "The job of the live run", description = "Its state, its checkpoints, how far it is behind.")
    @GetMapping("/job")
    JobView job() {
        LiveRun live = runs.require();
        String flinkUrl = live.settings().flinkUrl();
        JsonNode newest = flinkUrl == null ? null : job.newest(flinkUrl).orElse(null);
        String jobId = newest == null ? null : newest.path("jid").asString();
        return new JobView(
                live.runId(),
                newest == null ? "UNKNOWN" : newest.path("state").asString(),
                jobId,
                jobId == null
                        ? null
                        : job.checkpoints(flinkUrl, jobId)
                                .map(AdminController::view)
                                .orElse(null),
                lag(live),
                live.waiting());
    }

    private static CheckpointsView view(JsonNode checkpoints) {
        JsonNode newest = checkpoints.path("latest").path("completed");
        return new CheckpointsView(
                checkpoints.path("counts").path("completed").asLong(),
                checkpoints.path("counts").path("failed").asLong(),
                newest.has("id") ? newest.path("id").asLong() : null,
                newest.has("end_to_end_duration")
                        ? newest.path("end_to_end_duration").asLong()
                        : null);
    }

    private double lagOrNothing() {
        try {
            return runs.current().map(AdminController::lag).orElse(0L);
        } catch (Problem away) {
            return Double.NaN;
        }
    }

    /** Only what was entered since this program reads the topics can be counted. */
    private static long lag(LiveRun live) {
        Map<Integer, Long> handled = live.handled();
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : offsets(
                        live, List.of(live.topics().commands()), OffsetSpec.latest())
                .entrySet()) {
            Long newest = handled.get(end.getKey().partition());
            if (newest != null) {
                lag += Math.max(0, end.getValue() - newest - 1);
            }
        }
        return lag;
    }

    /** One partition of a topic, with its first and the offset behind its last record. */
    record PartitionView(int partition, long beginOffset, long endOffset) {}

    record TopicView(String topic, List<PartitionView> partitions) {}

    record TopicsView(String run, String bootstrapServers, List<TopicView> topics) {}

    @Operation(summary = "The topics of the live run")
    @GetMapping("/topics")
    TopicsView topics() {
        LiveRun live = runs.require();
        List<String> names = live.topics().all();
        Map<TopicPartition, Long> begins = offsets(live, names, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(live, names, OffsetSpec.latest());
        List<TopicView> topics = new ArrayList<>();
        for (String name : names) {
            List<PartitionView> partitions = ends.keySet().stream()
                    .filter(partition -> partition.topic().equals(name))
                    .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                    .map(each -> new PartitionView(each.partition(), begins.getOrDefault(each, 0L), ends.get(each)))
                    .toList();
            topics.add(new TopicView(name, partitions));
        }
        return new TopicsView(live.runId(), live.settings().bootstrapServers(), topics);
    }

    private static Map<TopicPartition, Long> offsets(LiveRun live, List<String> topics, OffsetSpec which) {
        try {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (TopicDescription topic : live.admin()
                    .describeTopics(topics)
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values()) {
                topic.partitions()
                        .forEach(each -> asked.put(new TopicPartition(topic.name(), each.partition()), which));
            }
            Map<TopicPartition, Long> offsets = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each : live.admin()
                    .listOffsets(asked)
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .entrySet()) {
                offsets.put(each.getKey(), each.getValue().offset());
            }
            return offsets;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("STOPPING", "the program is being stopped");
        } catch (ExecutionException | TimeoutException away) {
            throw Problem.unavailable(
                    "BROKER_UNAVAILABLE", "the broker at " + live.settings().bootstrapServers() + " does not answer");
        }
    }
}
