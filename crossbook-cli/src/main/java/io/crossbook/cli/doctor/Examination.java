package io.crossbook.cli.doctor;

import io.crossbook.cli.console.Installation;
import io.crossbook.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the machine, one thing after the other. */
final class Examination {
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;
    private static final int OLDEST_JAVA = 17;
    private static final int NEWEST_JAVA_TRIED = 25;
    private static final long ENOUGH_DISK = 2 * GIBIBYTE;
    private static final long LEAST_DISK = 256 * MEBIBYTE;
    private static final long ENOUGH_MEMORY = 4 * GIBIBYTE;
    private static final long LEAST_MEMORY = 3 * GIBIBYTE / 2;

    private final Path dataDir;
    private final Installation installation;

    Examination(Path dataDir, Installation installation) {
        this.dataDir = dataDir;
        this.installation = installation;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java(Runtime.version().feature()));
        findings.add(memory(totalMemory()));
        findings.add(cores(Runtime.getRuntime().availableProcessors()));
        findings.add(programs());
        Finding writing = writing();
        findings.add(writing);
        findings.add(disk());
        findings.add(port(5433, "embedded Postgres"));
        findings.add(port(9092, "embedded Kafka"));
        findings.add(port(8081, "Flink"));
        findings.add(port(8080, "API"));
        if (writing.status() == Finding.Status.OK) {
            findings.add(postgres());
        }
        return findings;
    }

    static Finding java(int release) {
        String found = "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
        if (release < OLDEST_JAVA) {
            return Finding.fail("java", found, "Install a JDK 17 and set JAVA_HOME to it.");
        }
        if (release > NEWEST_JAVA_TRIED) {
            return Finding.warn("java", found, "Nobody tried one that new; JDK 17 is what Flink recommends.");
        }
        return Finding.ok("java", found);
    }

    static Finding memory(long bytes) {
        String found = bytes / MEBIBYTE + " MiB";
        if (bytes < LEAST_MEMORY) {
            return Finding.fail("memory", found, "The replay and the database need 1.5 GiB together.");
        }
        if (bytes < ENOUGH_MEMORY) {
            return Finding.warn("memory", found, "Long days may want --state rocksdb.");
        }
        return Finding.ok("memory", found);
    }

    static Finding cores(int cores) {
        return cores < 2
                ? Finding.warn("cores", "1", "Reading and matching share it; a second core nearly halves the time.")
                : Finding.ok("cores", Integer.toString(cores));
    }

    private Finding programs() {
        List<String> missing = Stream.of(installation.replayJar(), installation.brokerJar(), installation.apiJar())
                .filter(jar -> !Files.exists(jar))
                .map(jar -> jar.getFileName().toString())
                .toList();
        return missing.isEmpty()
                ? Finding.ok("programs", "built, version " + Installation.version())
                : Finding.fail(
                        "programs", "not built: " + String.join(", ", missing), "Run ./mvnw -DskipTests package");
    }

    private Finding writing() {
        try {
            Files.createDirectories(dataDir);
            Path probe = Files.createTempFile(dataDir, "doctor", ".tmp");
            Files.delete(probe);
            return Finding.ok("data folder", dataDir + " can be written");
        } catch (IOException e) {
            return Finding.fail(
                    "data folder", dataDir + " cannot be written: " + e, "Choose another folder with --data-dir.");
        }
    }

    private Finding disk() {
        try {
            long free = Files.getFileStore(nearestExisting(dataDir)).getUsableSpace();
            String found = free / MEBIBYTE + " MiB free at " + dataDir;
            if (free < LEAST_DISK) {
                return Finding.fail("disk", found, "Make room, or choose another disk with --data-dir.");
            }
            return free < ENOUGH_DISK
                    ? Finding.warn("disk", found, "A day of a million orders takes about 1 GiB.")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.fail("disk", "cannot be looked at: " + e, "Choose another folder with --data-dir.");
        }
    }

    private static Path nearestExisting(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    static Finding port(int port, String use) {
        String name = "port " + port;
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok(name, "free (" + use + ")");
        } catch (IOException taken) {
            return Finding.warn(name, "taken (" + use + ")", "Nothing to do: the next free port is used and printed.");
        }
    }

    /** Really starts the server: in the data folder if one lives there, else in a folder that is removed again. */
    private Finding postgres() {
        boolean lived = Files.isDirectory(dataDir.resolve("postgres"));
        try {
            Path place = lived ? dataDir : Files.createTempDirectory(dataDir, "doctor");
            try {
                return started(place);
            } finally {
                if (!lived) {
                    delete(place);
                }
            }
        } catch (IOException e) {
            return Finding.fail(
                    "embedded Postgres",
                    "does not start: " + e.getMessage(),
                    "Give a server of your own with --db postgres://USER@HOST/NAME, or do without: --db none");
        }
    }

    private static Finding started(Path place) throws IOException {
        long began = System.nanoTime();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(place, 0)) {
            long millis = (System.nanoTime() - began) / 1_000_000;
            return Finding.ok("embedded Postgres", "started in " + millis + " ms on port " + server.port());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static long totalMemory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }
}
