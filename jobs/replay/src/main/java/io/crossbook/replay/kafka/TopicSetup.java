package io.crossbook.replay.kafka;

import io.crossbook.model.Topics;
import io.crossbook.replay.input.UsageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a prefix where they are missing, and asks the broker about them. */
public final class TopicSetup implements AutoCloseable {
    public static final int DEFAULT_PARTITIONS = 4;

    /** A broker that was killed is back in half of it: a node's registration outlives it by Kafka's session timeout of 9 s. */
    private static final int PATIENCE_SECONDS = 30;
    /** That of the broker. */
    private static final short DEFAULT_REPLICATION = -1;

    private final Topics topics;
    private final String bootstrapServers;
    private final Admin admin;

    private TopicSetup(Topics topics, String bootstrapServers, Admin admin) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    public static TopicSetup connect(Topics topics, String bootstrapServers) {
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "crossbook-topics");
        return new TopicSetup(topics, bootstrapServers, Admin.create(settings));
    }

    /**
     * Makes what is missing of the topics.
     *
     * @param wanted number of partitions, {@code null} for those that are there, or {@value #DEFAULT_PARTITIONS}
     * @return the number of partitions
     * @throws UsageException if the commands are in another number of partitions than wanted: nobody changes that, since an
     *     instrument would move to another one
     */
    public int ensure(Optional<Integer> wanted) throws IOException, UsageException {
        Map<String, TopicDescription> there = describe();
        TopicDescription commands = there.get(topics.commands());
        int partitions = commands != null ? commands.partitions().size() : wanted.orElse(DEFAULT_PARTITIONS);
        if (wanted.isPresent() && wanted.get() != partitions) {
            throw new UsageException(List.of("--partitions: topic " + topics.commands() + " has " + partitions
                    + " partitions, " + wanted.get()
                    + " are wanted; leave the option out, or choose another --topic-prefix"));
        }
        List<NewTopic> missing = new ArrayList<>();
        for (String topic : topics.all()) {
            if (!there.containsKey(topic)) {
                missing.add(new NewTopic(topic, partitions, DEFAULT_REPLICATION).configs(configuration()));
            }
        }
        Map<String, KafkaFuture<Void>> created = admin.createTopics(missing).values();
        for (KafkaFuture<Void> each : created.values()) {
            try {
                await(each);
            } catch (IOException refused) {
                // Somebody else was faster.
                if (!(refused.getCause() instanceof TopicExistsException)) {
                    throw refused;
                }
            }
        }
        return partitions;
    }

    /** Nothing is deleted by age: replayed history is old when it arrives, and a run must be replayable. */
    private static Map<String, String> configuration() {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG, "-1",
                TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    private Map<String, TopicDescription> describe() throws IOException {
        List<String> names = new ArrayList<>(topics.all());
        names.retainAll(await(admin.listTopics().names()));
        return await(admin.describeTopics(names).allTopicNames());
    }

    /** Where the commands of each partition end now, for a reader of committed records. */
    public Map<Integer, Long> endOffsets(int partitions) throws IOException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topics.commands(), partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new TreeMap<>();
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
                await(admin.listOffsets(asked, committed).all()).entrySet()) {
            ends.put(each.getKey().partition(), each.getValue().offset());
        }
        return ends;
    }

    /** The longest time in milliseconds that the broker leaves a transaction open. */
    public long transactionTimeoutLimit() throws IOException {
        Node broker = await(admin.describeCluster().nodes()).iterator().next();
        ConfigResource asked = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        Config config = await(admin.describeConfigs(List.of(asked)).all()).get(asked);
        return Long.parseLong(config.get("transaction.max.timeout.ms").value());
    }

    private <T> T await(KafkaFuture<T> asked) throws IOException {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new IOException("the broker at " + bootstrapServers + " refused: " + cause.getMessage(), cause);
        } catch (TimeoutException silent) {
            // Its own message says nothing, and the innermost one is shown.
            throw new IOException("no broker answers at " + bootstrapServers + " within " + PATIENCE_SECONDS
                    + " s; give another address with --bootstrap-servers, or leave it out for the embedded broker");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the broker was asked");
        }
    }

    @Override
    public void close() {
        // Without waiting for answers that nobody waits for any more.
        admin.close(Duration.ZERO);
    }
}
