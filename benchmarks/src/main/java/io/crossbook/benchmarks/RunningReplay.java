package io.crossbook.benchmarks;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The replay process of a backtest, looked at from outside while it runs; needs Linux's {@code /proc}. */
final class RunningReplay {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String MAIN_CLASS = "io.crossbook.replay.BacktestMain";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final ProcessHandle process;

    private RunningReplay(ProcessHandle process) {
        this.process = process;
    }

    /**
     * Waits until a backtest with this data directory has started its replay.
     *
     * @throws IllegalStateException if none does for two minutes
     */
    static RunningReplay await(Path dataDir) throws InterruptedException {
        String mark = dataDir.toAbsolutePath().normalize() + "/";
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < giveUpAt) {
            Optional<RunningReplay> found = ProcessHandle.allProcesses()
                    .filter(process -> isReplay(process.pid(), mark))
                    .findFirst()
                    .map(RunningReplay::new);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        throw new IllegalStateException("no replay with the data directory " + dataDir + " has started");
    }

    private static boolean isReplay(long pid, String mark) {
        try {
            String commandLine = Files.readString(file(pid, "cmdline"), StandardCharsets.ISO_8859_1);
            return commandLine.contains(MAIN_CLASS) && commandLine.contains(mark);
        } catch (IOException ended) {
            return false;
        }
    }

    private static Path file(long pid, String name) {
        return PROCESSES.resolve(Long.toString(pid)).resolve(name);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitEnd() {
        process.onExit().join();
    }

    /** Its beans, by the JVM's own way in. */
    MBeanServerConnection beans() throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))
                    .getMBeanServerConnection();
        } finally {
            machine.detach();
        }
    }

    void loadAgent(Path library, String options)
            throws IOException, AttachNotSupportedException, AgentLoadException, AgentInitializationException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            machine.loadAgentPath(library.toAbsolutePath().toString(), options);
        } finally {
            machine.detach();
        }
    }

    /** Memory of the process that lies in the machine's, 0 once it has ended. */
    long residentKibibytes() {
        return number(file(process.pid(), "status"), "VmRSS:");
    }

    /** How far it has read a file, -1 if it does not read it now. */
    long positionIn(Path input) {
        try (Stream<Path> open = Files.list(file(process.pid(), "fd"))) {
            Path real = input.toRealPath();
            return open.filter(descriptor -> leadsTo(descriptor, real))
                    .mapToLong(descriptor ->
                            number(file(process.pid(), "fdinfo").resolve(descriptor.getFileName()), "pos:"))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException ended) {
            return -1;
        }
    }

    private static boolean leadsTo(Path descriptor, Path real) {
        try {
            return Files.readSymbolicLink(descriptor).equals(real);
        } catch (IOException closed) {
            return false;
        }
    }

    private static long number(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }
}
