package io.crossbook.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node that is broker and controller, with its data in a folder. */
final class EmbeddedBroker {
    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";

    private final KafkaRaftServer server;

    private EmbeddedBroker(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Starts the node; when this returns, clients can connect.
     *
     * @param folder made and formatted if it is new
     * @param port for clients
     * @param controllerPort for the node itself
     */
    static EmbeddedBroker start(Path folder, int port, int controllerPort) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        format(folder, data);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(configuration(data, port, controllerPort), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server);
    }

    /** The id of the cluster is kept, so that formatting again changes nothing. */
    private static void format(Path folder, Path data) throws IOException {
        Path idFile = folder.resolve("cluster-id");
        if (!Files.exists(idFile)) {
            Files.writeString(idFile, Uuid.randomUuid().toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setClusterId(Files.readString(idFile).trim())
                    .setNodeId(NODE)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception failed) {
            throw new IOException(
                    "the folder " + data + " cannot be made ready for Kafka: " + failed.getMessage() + " "
                            + said.toString(StandardCharsets.UTF_8).strip(),
                    failed);
        }
    }

    private static Properties configuration(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        settings.setProperty(
                "listeners",
                CLIENTS + "://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        settings.setProperty("advertised.listeners", CLIENTS + "://" + HOST + ":" + port);
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("inter.broker.listener.name", CLIENTS);
        settings.setProperty("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("log.dirs", data.toString());
        // One node has all copies there are.
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        // A topic that nobody made is a mistake in a name.
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // It shares a machine with all its clients: more threads than can run at once only take turns.
        int cores = Runtime.getRuntime().availableProcessors();
        settings.setProperty("num.network.threads", Integer.toString(Math.max(1, cores / 2)));
        settings.setProperty("num.io.threads", Integer.toString(Math.max(2, cores)));
        // Logs of the length of a day take seconds to be looked through after a kill.
        settings.setProperty("num.recovery.threads.per.data.dir", "2");
        return settings;
    }

    /** Ends the node in order, so that it need not look through its logs at the next start. */
    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    void awaitEnd() {
        server.awaitShutdown();
    }
}
