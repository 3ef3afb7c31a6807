package io.crossbook.replay.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.crossbook.model.MarketInput;
import io.crossbook.model.Topics;
import io.crossbook.store.rows.CommandFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to their topic, each in the partition of its instrument and in the order they come.
 *
 * <p>What cannot be read goes there too, as the text a reject shows and without a key, so that whoever reads the topic
 * refuses it and every line is accounted for.
 */
public final class CommandPublisher implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    /** As long as a broker may be away. */
    private static final int PATIENCE_MILLIS = 300_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public CommandPublisher(Topics topics, String bootstrapServers) {
        this.topic = topics.commands();
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "crossbook-publish");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With several on their way, the second to a partition that was just made can be taken where the first was not,
        // which
        // is then refused for good (KAFKA-15591).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends a command on its way.
     *
     * @throws IOException if an earlier one could not be delivered
     */
    public void send(MarketInput input) throws IOException {
        throwFailure();
        if (input instanceof MarketInput.Unreadable unreadable) {
            send(null, unreadable.raw().getBytes(StandardCharsets.UTF_8));
        } else {
            send(input.instrument().getBytes(StandardCharsets.UTF_8), json(CommandFields.of(input)));
        }
    }

    private void send(byte @Nullable [] key, byte[] value) throws IOException {
        try {
            producer.send(new ProducerRecord<>(topic, key, value), (metadata, failed) -> {
                if (failed == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, failed);
                }
            });
        } catch (KafkaException refused) {
            throw new IOException("a command could not be sent to " + topic + ": " + refused.getMessage(), refused);
        }
    }

    private static byte[] json(Map<String, String> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                out.writeStringField(field.getKey(), field.getValue());
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Waits until the broker has everything. */
    public void flush() throws IOException {
        producer.flush();
        throwFailure();
    }

    /** Records that the broker has. */
    public long acknowledged() {
        return acknowledged.get();
    }

    private void throwFailure() throws IOException {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException(
                    "commands could not be delivered to " + topic + ": " + failed.getMessage() + "; " + acknowledged
                            + " are there",
                    failed);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
