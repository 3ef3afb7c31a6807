package io.crossbook.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends orders to a live run at a steady rate, every second of which trades, and measures from handing an order to the
 * producer until the last execution of it is read from its topic. Prints orders, median, 99th percentile and most, in
 * milliseconds.
 *
 * <p>Arguments: bootstrap servers, topic prefix, orders a second, seconds to warm up, seconds that count.
 */
public final class LiveLatency {
    private static final int INSTRUMENTS = 20;
    private static final int PATIENCE_SECONDS = 60;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String bootstrapServers;
    private final String prefix;
    /** By partition and offset: when an order was sent or its answer read, whichever was known first. */
    private final Map<String, Long> seen = new HashMap<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final long[] latencies;
    private volatile int answered;

    private LiveLatency(String bootstrapServers, String prefix, int orders) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
        this.latencies = new long[orders];
    }

    public static void main(String[] arguments) throws Exception {
        int rate = Integer.parseInt(arguments[2]);
        int first = rate * Integer.parseInt(arguments[3]);
        int orders = first + rate * Integer.parseInt(arguments[4]);
        LiveLatency measured = new LiveLatency(arguments[0], arguments[1], orders);
        measured.run(rate, orders);
        long[] warm = Arrays.copyOfRange(measured.latencies, first, orders);
        Arrays.sort(warm);
        System.out.printf(
                "%d %.1f %.1f %.1f%n",
                warm.length,
                warm[warm.length / 2] / NANOS_PER_MILLI,
                warm[(int) (warm.length * 0.99)] / NANOS_PER_MILLI,
                warm[warm.length - 1] / NANOS_PER_MILLI);
    }

    private void run(int rate, int orders) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer())) {
            String topic = prefix + ".executions";
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            Thread reader = new Thread(() -> read(consumer, orders), "executions");
            reader.start();
            send(producer, rate, orders);
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            consumer.wakeup();
            reader.join();
        }
        if (answered < orders) {
            throw new IllegalStateException("only " + answered + " of " + orders + " orders were answered");
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        settings.put("linger.ms", "0");
        return settings;
    }

    private void send(KafkaProducer<String, String> producer, int rate, int orders) {
        String run = Long.toHexString(System.nanoTime());
        long begin = System.nanoTime();
        for (int i = 0; i < orders; i++) {
            long at = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            String instrument = "L" + i / 2 % INSTRUMENTS;
            boolean sell = i % 2 == 0;
            String order = "{\"timestamp\":\"" + Instant.now() + "\",\"instrument\":\"" + instrument
                    + "\",\"action\":\"NEW\",\"order_id\":\"" + run + '-' + i + "\",\"client_id\":\""
                    + (sell ? "alice" : "bob") + "\",\"side\":\"" + (sell ? "SELL" : "BUY")
                    + "\",\"type\":\"LIMIT\",\"price\":\"100\",\"quantity\":\"1\"}";
            int number = i;
            long sentAt = System.nanoTime();
            producer.send(new ProducerRecord<>(prefix + ".commands", instrument, order), (metadata, failed) -> {
                if (failed == null) {
                    meet(metadata.partition() + "/" + metadata.offset(), sentAt, number, true);
                }
            });
        }
        producer.flush();
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, int orders) {
        ObjectMapper json = new ObjectMapper();
        try {
            while (answered < orders) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    long now = System.nanoTime();
                    JsonNode execution = json.readTree(record.value());
                    if (execution.path("last").asBoolean()) {
                        JsonNode source = execution.get("source");
                        meet(
                                source.get("partition").asInt() + "/"
                                        + source.get("offset").asLong(),
                                now,
                                -1,
                                false);
                    }
                }
            }
        } catch (IOException | WakeupException end) {
            // What is missing is counted by whoever waits.
        }
    }

    /** The answer of an order can be read before the producer knows where the order is: who comes second knows both times. */
    private synchronized void meet(String place, long time, int number, boolean sent) {
        if (sent) {
            numbers.put(place, number);
        }
        Long other = seen.remove(place);
        if (other == null) {
            seen.put(place, time);
            return;
        }
        latencies[numbers.remove(place)] = Math.abs(time - other);
        answered = answered + 1;
    }
}
