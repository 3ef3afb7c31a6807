package io.crossbook.cli.broker;

import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.process.JavaProgram;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A broker in use by this command.
 *
 * <p>The embedded one is a process of its own with its data below the data directory. The command that starts it ends it;
 * others that come meanwhile find it by the port it left there. It keeps its port from start to start, unless somebody
 * else has it.
 */
public final class BrokerSession implements AutoCloseable {
    private static final int FIRST_PORT = 9092;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long RETRY_NANOS = 100_000_000L;

    private final String bootstrapServers;
    private final @Nullable Embedded embedded;

    /** The broker of our own, and the lock that says so. */
    private record Embedded(KeptProgram kept, FileChannel lockFile) {}

    private BrokerSession(String bootstrapServers, @Nullable Embedded embedded) {
        this.bootstrapServers = bootstrapServers;
        this.embedded = embedded;
    }

    /**
     * Takes the address that was given, or starts or finds the embedded broker.
     *
     * @throws UsageException if the embedded one is not built
     * @throws UncheckedIOException if it does not start
     */
    public static BrokerSession open(BrokerOptions options, Path dataDir, Surroundings surroundings) {
        if (options.bootstrapServers != null) {
            return new BrokerSession(options.bootstrapServers, null);
        }
        Path folder = dataDir.resolve("kafka");
        try {
            Files.createDirectories(folder);
            FileChannel lockFile = lockFile(folder.resolve("lock"));
            FileLock lock = lockFile.tryLock();
            BrokerSession session =
                    lock == null ? find(folder, lockFile) : start(folder, lockFile, options, surroundings);
            surroundings.console().say("broker: " + session.bootstrapServers + " (embedded, data in " + folder + ")");
            return session;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the embedded broker does not start: " + failed.getMessage()
                            + " Give another one with --bootstrap-servers.",
                    failed);
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Another command has it; that one may just be starting it. */
    private static BrokerSession find(Path folder, FileChannel lockFile) throws IOException {
        lockFile.close();
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < giveUpAt) {
            Path ports = folder.resolve("ports");
            if (Files.exists(ports)) {
                int port = ports(ports)[0];
                if (answers(port)) {
                    return new BrokerSession(Ports.LOOPBACK + ":" + port, null);
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        throw new IOException("another process holds " + folder + ", but no broker answers there.");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.loopback(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private static BrokerSession start(
            Path folder, FileChannel lockFile, BrokerOptions options, Surroundings surroundings) throws IOException {
        JavaProgram java = new JavaProgram(
                "the embedded broker",
                surroundings.installation().brokerJar(),
                surroundings.installation().brokerLibraries());
        java.requireBuilt();
        awaitEndOfPredecessor(folder);
        try {
            return Ports.startOnFree(
                    "broker", Ports.loopback(), wishedPort(options, folder), 2, surroundings.console(), ports -> {
                        int port = ports.get(0);
                        int controllerPort = ports.get(1);
                        Files.writeString(folder.resolve("ports"), port + " " + controllerPort);
                        Program program = new Program(java, folder, port, controllerPort);
                        KeptProgram kept = new KeptProgram(program, surroundings.console());
                        kept.start();
                        return new BrokerSession(Ports.LOOPBACK + ":" + port, new Embedded(kept, lockFile));
                    });
        } catch (IOException failed) {
            lockFile.close();
            throw failed;
        }
    }

    private static int wishedPort(BrokerOptions options, Path folder) throws IOException {
        if (options.port != null) {
            return options.port;
        }
        Path known = folder.resolve("ports");
        return Files.exists(known) ? ports(known)[0] : FIRST_PORT;
    }

    /** The broker of a command that was killed has its folder and its port until it notices; Kafka's own lock tells. */
    private static void awaitEndOfPredecessor(Path folder) throws IOException {
        Path kafkasLock = folder.resolve("data").resolve(".lock");
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (Files.exists(kafkasLock) && System.nanoTime() < giveUpAt) {
            try (FileChannel channel = lockFile(kafkasLock)) {
                if (channel.tryLock() != null) {
                    return;
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private static int[] ports(Path file) throws IOException {
        String[] ports = Files.readString(file).trim().split(" ");
        return new int[] {Integer.parseInt(ports[0]), Integer.parseInt(ports[1])};
    }

    private record Program(JavaProgram java, Path folder, int port, int controllerPort) implements KeptProgram.Program {
        @Override
        public String name() {
            return "broker";
        }

        @Override
        public ProcessBuilder command() {
            return new ProcessBuilder(java.command(
                            List.of("-Xmx768m", "-XX:+UseParallelGC"),
                            "io.crossbook.broker.BrokerMain",
                            folder.toString(),
                            Integer.toString(port),
                            Integer.toString(controllerPort)))
                    .redirectError(errors().toFile());
        }

        @Override
        public String whereToLook() {
            return firstError() + " (see " + errors() + " and broker.log beside it).";
        }

        private Path errors() {
            return folder.resolve("broker.err");
        }

        private String firstError() {
            try {
                return Files.readAllLines(errors()).stream().findFirst().orElse("it says nothing");
            } catch (IOException unreadable) {
                return "what it says cannot be read";
            }
        }

        @Override
        public int secondsToEnd() {
            return 30;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        if (embedded == null) {
            return;
        }
        embedded.kept.close();
        try {
            embedded.lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of the embedded broker cannot be given back", e);
        }
    }
}
