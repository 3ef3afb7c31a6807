package io.crossbook.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its end, as somebody would who knows no more than docs/topics.md. */
final class TopicReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;

    TopicReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The records of committed transactions, of repeated ones the first. */
    List<JsonNode> withoutRepeats(String topic) throws IOException {
        Set<String> seen = new HashSet<>();
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode record : all(topic)) {
            if (seen.add(record.path("instrument").asText()
                    + '/'
                    + record.path("sequence").asLong()
                    + '/'
                    + record.path("event_no").asInt()
                    + '/'
                    + record.path("partition").asText()
                    + '/'
                    + record.path("offset").asText())) {
                records.add(record);
            }
        }
        return records;
    }

    List<JsonNode> all(String topic) throws IOException {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<JsonNode> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(JSON.readTree(record.value()));
                }
            }
        }
        return records;
    }
}
