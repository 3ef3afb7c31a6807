package io.crossbook.replay.kafka;

import io.crossbook.flink.MarketTypes;
import io.crossbook.model.MarketInput;
import io.crossbook.replay.input.CommandRecords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topic of commands as input. What cannot be read, or lies where its instrument does not belong, becomes an
 * unreadable line.
 *
 * <p>An instrument's order holds only inside one partition, so its records must all lie in that of murmur2 of the key, as
 * Kafka's own client has it; librdkafka needs {@code topic.partitioner=murmur2_random}.
 */
public final class CommandDeserializer implements KafkaRecordDeserializationSchema<MarketInput> {
    private static final long serialVersionUID = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String topic;
    private final int partitions;
    private final boolean ignoreExtra;
    private transient CommandRecords records;
    /** The newest instrument that was found in its place, and where that is. */
    private transient byte[] knownKey;

    private transient int knownPartition;

    public CommandDeserializer(String topic, int partitions, boolean ignoreExtra) {
        this.topic = topic;
        this.partitions = partitions;
        this.ignoreExtra = ignoreExtra;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        records = new CommandRecords(topic, ignoreExtra);
        knownKey = new byte[0];
        knownPartition = -1;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<MarketInput> out) {
        out.collect(records.read(
                record.value(),
                record.partition(),
                record.offset(),
                record.timestamp() * NANOS_PER_MILLI,
                instrument -> fault(record.key(), record.partition(), instrument)));
    }

    private @Nullable String fault(byte @Nullable [] key, int partition, String instrument) {
        if (key == null || !Arrays.equals(key, instrument.getBytes(StandardCharsets.UTF_8))) {
            return "the key of a record must be its instrument \"" + instrument + '"'
                    + (key == null ? ", it has none" : ", was \"" + new String(key, StandardCharsets.UTF_8) + '"');
        }
        if (partition != knownPartition || !Arrays.equals(key, knownKey)) {
            int belongs = Utils.toPositive(Utils.murmur2(key)) % partitions;
            if (belongs != partition) {
                return "records of \"" + instrument + "\" belong into partition " + belongs + " of " + partitions
                        + " (murmur2 of the key), this one lies in " + partition;
            }
            knownKey = key;
            knownPartition = partition;
        }
        return null;
    }

    @Override
    public TypeInformation<MarketInput> getProducedType() {
        return MarketTypes.INPUT;
    }
}
