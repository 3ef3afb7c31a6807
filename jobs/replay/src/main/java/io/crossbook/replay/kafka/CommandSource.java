package io.crossbook.replay.kafka;

import io.crossbook.model.MarketInput;
import io.crossbook.model.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The topic of commands from its beginning, up to given offsets or without end.
 *
 * <p>Flink's own source, but for what it does not do after a checkpoint. A partition that comes back brings the end that it had
 * when the checkpoint was taken: here it gets the one that is wanted now, so that a run without end can be continued to an
 * end. And readers that have all their partitions back are told that no more come, without which they would wait for ever.
 */
public final class CommandSource implements Source<MarketInput, KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final long serialVersionUID = 1;

    private final KafkaSource<MarketInput> source;
    /** By partition; empty for no end. */
    private final TreeMap<Integer, Long> ends;

    private CommandSource(KafkaSource<MarketInput> source, Map<Integer, Long> ends) {
        this.source = source;
        this.ends = new TreeMap<>(ends);
    }

    /**
     * Makes the source.
     *
     * @param name tells one run's readers from another's
     * @param ends the offset behind the last record of each partition; empty to go on without end
     */
    public static CommandSource of(
            String bootstrapServers,
            Topics topics,
            String name,
            CommandDeserializer deserializer,
            Map<Integer, Long> ends) {
        KafkaSourceBuilder<MarketInput> source = KafkaSource.<MarketInput>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topics.commands())
                .setGroupId(name)
                .setClientIdPrefix(name)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(deserializer)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                // The topic is never repartitioned.
                .setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "-1");
        if (!ends.isEmpty()) {
            Map<TopicPartition, Long> stops = new HashMap<>();
            ends.forEach((partition, end) -> stops.put(new TopicPartition(topics.commands(), partition), end));
            source.setBounded(OffsetsInitializer.offsets(stops));
        }
        return new CommandSource(source.build(), ends);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<MarketInput, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return source.createReader(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws IOException {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored = source.restoreEnumerator(context, state);
        boolean allAssigned = !ends.isEmpty() && state.assignedSplits().size() == ends.size();
        return allAssigned ? new AllAssigned(restored, context) : restored;
    }

    /** Gives back what readers had, and has nothing else to give. */
    private record AllAssigned(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored,
            SplitEnumeratorContext<KafkaPartitionSplit> context)
            implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
        @Override
        public void start() {
            restored.start();
        }

        @Override
        public void handleSplitRequest(int subtask, @Nullable String hostname) {
            restored.handleSplitRequest(subtask, hostname);
        }

        @Override
        public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
            restored.addSplitsBack(splits, subtask);
        }

        @Override
        public void addReader(int subtask) {
            restored.addReader(subtask);
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
            return restored.snapshotState(checkpointId);
        }

        @Override
        public void handleSourceEvent(int subtask, SourceEvent event) {
            restored.handleSourceEvent(subtask, event);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) throws Exception {
            restored.notifyCheckpointComplete(checkpointId);
        }

        @Override
        public void notifyCheckpointAborted(long checkpointId) throws Exception {
            restored.notifyCheckpointAborted(checkpointId);
        }

        @Override
        public void close() throws IOException {
            restored.close();
        }
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new WithEnds(source.getSplitSerializer(), ends);
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    private record WithEnds(SimpleVersionedSerializer<KafkaPartitionSplit> serializer, TreeMap<Integer, Long> ends)
            implements SimpleVersionedSerializer<KafkaPartitionSplit> {
        @Override
        public int getVersion() {
            return serializer.getVersion();
        }

        @Override
        public byte[] serialize(KafkaPartitionSplit split) throws IOException {
            return serializer.serialize(split);
        }

        @Override
        public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
            KafkaPartitionSplit saved = serializer.deserialize(version, serialized);
            return new KafkaPartitionSplit(
                    saved.getTopicPartition(),
                    saved.getStartingOffset(),
                    ends.getOrDefault(saved.getPartition(), KafkaPartitionSplit.NO_STOPPING_OFFSET));
        }
    }
}
