package io.crossbook.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as a process of its own, killed and started again. */
class EmbeddedBrokerIT {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Process broker;

    @AfterEach
    void end() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    @Test
    void hasWhatItAcknowledgedWhenItComesBackAfterAKill() throws Exception {
        int port = freePort();
        int controllerPort = freePort();
        broker = start(port, controllerPort);
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all");
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", "k", "before")).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            broker.destroyForcibly().waitFor();
            broker = start(port, controllerPort);
            producer.send(new ProducerRecord<>("t", "k", "after")).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(read(client, 2)).containsExactly("before", "after");
    }

    @Test
    void endsWithWhoeverStartedIt() throws Exception {
        broker = start(freePort(), freePort());

        broker.getOutputStream().close();

        assertThat(broker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(int port, int controllerPort) throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort))
                .redirectError(folder.resolve("err").toFile())
                .start();
        String said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(said).isEqualTo(BrokerMain.READY);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static List<String> read(Map<String, Object> client, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("t", 0)));
            consumer.seekToBeginning(List.of(new TopicPartition("t", 0)));
            long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (values.size() < count && System.nanoTime() < giveUpAt) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
