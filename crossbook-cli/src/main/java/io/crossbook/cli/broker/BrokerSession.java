package io.crossbook.cli.broker;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private static final String LOOPBACK = "127.0.0.1";
    private static final String READY = "ready";
    private static final int PORTS_TRIED = 100;
    private static final int SECONDS_TO_STOP = 30;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 16_000_000_000L;
    private static final String HEAP = "-Xmx768m";

    private final String bootstrapServers;
    private final @Nullable Launch launch;
    private volatile @Nullable Process process;
    private volatile boolean closed;

    /** How the embedded broker is started, and started again. */
    private record Launch(List<String> command, Path folder, FileChannel lockFile, Console console) {
        Process start() throws IOException {
            Path errors = folder.resolve("broker.err");
            Process started = new ProcessBuilder(command)
                    .redirectInput(Redirect.PIPE)
                    .redirectOutput(Redirect.PIPE)
                    .redirectError(errors.toFile())
                    .start();
            awaitReady(started, errors);
            return started;
        }
    }

    private BrokerSession(String bootstrapServers, @Nullable Launch launch, @Nullable Process process) {
        this.bootstrapServers = bootstrapServers;
        this.launch = launch;
        this.process = process;
    }

    /**
     * Takes the address that was given, or starts or finds the embedded broker.
     *
     * @throws UsageException if the embedded one does not start
     */
    public static BrokerSession open(BrokerOptions options, Path dataDir, Surroundings surroundings) {
        if (options.bootstrapServers != null) {
            return new BrokerSession(options.bootstrapServers, null, null);
        }
        Path folder = dataDir.resolve("kafka");
        try {
            Files.createDirectories(folder);
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

    /** Another command has it; that one may just be starting it. */
    private static BrokerSession find(Path folder, FileChannel lockFile) throws IOException {
        lockFile.close();
        long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < giveUpAt) {
            Path ports = folder.resolve("ports");
            if (Files.exists(ports)) {
                int port = ports(ports)[0];
                if (answers(port)) {
                    return new BrokerSession(LOOPBACK + ":" + port, null, null);
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        throw new IOException("another process holds " + folder + ", but no broker answers there.");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_MILLIS);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private static BrokerSession start(
            Path folder, FileChannel lockFile, BrokerOptions options, Surroundings surroundings) throws IOException {
        Path jar = surroundings.installation().brokerJar();
        if (!Files.exists(jar)) {
            throw new UsageException("the embedded broker is not built: " + jar
                    + " is missing. Build it with: ./mvnw -DskipTests package");
        }
        Path known = folder.resolve("ports");
        int wished = Files.exists(known) ? ports(known)[0] : options.port;
        int port = freePort(wished);
        int controllerPort = freePort(port + 1);
        Files.writeString(known, port + " " + controllerPort);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Duser.timezone=UTC",
                "-cp",
                jar + File.pathSeparator + surroundings.installation().brokerLibraries() + File.separator + "*",
                "io.crossbook.broker.BrokerMain",
                folder.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort));
        Launch launch = new Launch(command, folder, lockFile, surroundings.console());
        BrokerSession session = new BrokerSession(LOOPBACK + ":" + port, launch, launch.start());
        Thread watch = new Thread(() -> session.keepRunning(launch), "broker watch");
        watch.setDaemon(true);
        watch.start();
        return session;
    }

    /** Starts the broker again when it ends without our doing, later and later if it does not stay. */
    private void keepRunning(Launch launch) {
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (!closed) {
            Process running = process;
            if (running != null) {
                int exitCode = running.onExit().join().exitValue();
                if (closed) {
                    return;
                }
                launch.console().say("broker: ended with exit code " + exitCode + "; starting it again");
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            try {
                Process again = launch.start();
                process = again;
                if (closed) {
                    again.destroyForcibly();
                    return;
                }
                launch.console().say("broker: it runs again");
                pauseNanos = FIRST_PAUSE_NANOS;
            } catch (IOException failed) {
                process = null;
                launch.console().say("broker: it does not start: " + failed.getMessage());
            }
        }
    }

    private static int[] ports(Path file) throws IOException {
        String[] ports = Files.readString(file).trim().split(" ");
        return new int[] {Integer.parseInt(ports[0]), Integer.parseInt(ports[1])};
    }

    private static int freePort(int wished) throws IOException {
        for (int port = wished; port < wished + PORTS_TRIED; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
                return port;
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new IOException("no port from " + wished + " on is free.");
    }

    private static void awaitReady(Process process, Path errors) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (!READY.equals(line)) {
            process.destroyForcibly();
            String first = Files.exists(errors)
                    ? Files.readAllLines(errors).stream().findFirst().orElse("it says nothing")
                    : "it says nothing";
            throw new IOException(first + " (see " + errors + " and broker.log beside it).");
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        closed = true;
        Process running = process;
        if (launch == null || running == null) {
            return;
        }
        // By its handle: Process.destroy would close the pipe as well.
        running.toHandle().destroy();
        try {
            if (!running.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
            launch.lockFile().close();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of the embedded broker cannot be given back", e);
        }
    }
}
