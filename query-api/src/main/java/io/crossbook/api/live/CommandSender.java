package io.crossbook.api.live;

import io.crossbook.api.problem.Problem;
import io.crossbook.model.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts commands on their topic, stamped with the time, in the partition of their instrument, durable on every replica
 * before that is told.
 */
final class CommandSender implements AutoCloseable {
    /** As long as a broker may be away; the caller is answered long before. */
    private static final int PATIENCE_MILLIS = 120_000;

    private static final int BLOCK_MILLIS = 1_000;
    private static final int LINGER_MILLIS = 3;
    private static final int MOST_WAITING = 50_000;

    private final String topic;
    private final int partitions;
    private final Properties settings;
    private final JsonMapper json;
    private final Clock clock;
    private final PendingCommands pending = new PendingCommands(MOST_WAITING);
    private final KafkaProducer<byte[], byte[]> producer;
    /** Held while a partition's next command is stamped and sent, so that times rise. */
    private final Object[] turns;

    private KafkaProducer<byte[], byte[]> together;

    CommandSender(String topic, int partitions, String bootstrapServers, JsonMapper json, Clock clock) {
        this.topic = topic;
        this.partitions = partitions;
        this.json = json;
        this.clock = clock;
        this.turns = new Object[partitions];
        for (int i = 0; i < partitions; i++) {
            turns[i] = new Object();
        }
        settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "crossbook-api");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // What comes within this time goes together, and nothing more while it is on its way: the busier, the fewer
        // requests, here and on the whole way behind.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    PendingCommands pending() {
        return pending;
    }

    /**
     * Sends one command.
     *
     * @param fields all but its timestamp
     * @throws Problem 503 if it was not sent: nothing of it will ever happen
     */
    SentCommand send(String instrument, Map<String, String> fields) {
        requireRoom();
        byte[] key = instrument.getBytes(StandardCharsets.UTF_8);
        return send(producer, key, partitionOf(key), fields);
    }

    /**
     * Sends several commands of different instruments, all or none.
     *
     * @throws Problem 503 if none was sent
     */
    synchronized List<SentCommand> sendTogether(Map<String, Map<String, String>> commands) {
        requireRoom();
        KafkaProducer<byte[], byte[]> transactional = together();
        List<SentCommand> sent = new ArrayList<>();
        try {
            transactional.beginTransaction();
            commands.forEach((instrument, fields) -> {
                byte[] key = instrument.getBytes(StandardCharsets.UTF_8);
                sent.add(send(transactional, key, partitionOf(key), fields));
            });
            transactional.commitTransaction();
        } catch (KafkaException failed) {
            transactional.close(Duration.ZERO);
            together = null;
            throw unavailable(failed);
        }
        return sent;
    }

    private KafkaProducer<byte[], byte[]> together() {
        if (together == null) {
            Properties transactions = new Properties();
            transactions.putAll(settings);
            transactions.put(ProducerConfig.CLIENT_ID_CONFIG, "crossbook-api-prices");
            transactions.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-api-" + UUID.randomUUID());
            // An open transaction holds up whoever reads committed records.
            transactions.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
            transactions.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            transactions.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            KafkaProducer<byte[], byte[]> made =
                    new KafkaProducer<>(transactions, new ByteArraySerializer(), new ByteArraySerializer());
            try {
                made.initTransactions();
            } catch (KafkaException failed) {
                made.close(Duration.ZERO);
                throw unavailable(failed);
            }
            together = made;
        }
        return together;
    }

    private void requireRoom() {
        if (pending.isFull()) {
            throw Problem.unavailable(
                    "TOO_MANY_WAITING",
                    MOST_WAITING + " commands wait for their outcome; the job is behind or away, see GET /healthz");
        }
    }

    private int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private SentCommand send(
            KafkaProducer<byte[], byte[]> through, byte[] key, int partition, Map<String, String> fields) {
        CompletableFuture<Source> stored = new CompletableFuture<>();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Map<String, String> command = new LinkedHashMap<>();
        synchronized (turns[partition]) {
            command.put("timestamp", now());
            command.putAll(fields);
            byte[] value = json.writeValueAsBytes(command);
            pending.sending(partition);
            try {
                through.send(new ProducerRecord<>(topic, partition, key, value), (metadata, failed) -> {
                    if (failed == null) {
                        Source source = new Source(metadata.partition(), metadata.offset());
                        stored.complete(source);
                        pending.sent(source, outcome);
                    } else {
                        pending.failed(partition);
                        stored.completeExceptionally(failed);
                        outcome.completeExceptionally(failed);
                    }
                });
            } catch (KafkaException | IllegalStateException refused) {
                pending.failed(partition);
                throw unavailable(refused);
            }
        }
        return new SentCommand(stored, outcome);
    }

    private static Problem unavailable(Exception cause) {
        return Problem.unavailable(
                "BROKER_UNAVAILABLE",
                "the broker does not take commands just now; nothing was sent, try again (" + cause.getMessage() + ")");
    }

    private String now() {
        Instant now = clock.instant();
        return Timestamps.format(now.getEpochSecond() * Timestamps.NANOS_PER_SECOND + now.getNano());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        synchronized (this) {
            if (together != null) {
                together.close(Duration.ZERO);
            }
        }
    }
}
