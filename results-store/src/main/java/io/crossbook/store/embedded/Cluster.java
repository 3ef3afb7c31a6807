package io.crossbook.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The files of one server: creates them, starts and stops the server on them. Call with the turn of {@link SharedUse}. */
final class Cluster {
    static final String SUPERUSER = "crossbook";

    /** Line of {@code postmaster.pid} with the port; the first one is the process id. */
    private static final int PORT_LINE = 3;

    /** A server that was killed replays its log before it answers; after a big load that takes a while. */
    private static final String START_SECONDS = "600";

    private static final String STOP_SECONDS = "120";
    private static final int LOG_LINES_SHOWN = 15;

    private final ServerHome home;
    private final Path binaries;

    Cluster(ServerHome home, Path binaries) {
        this.home = home;
        this.binaries = binaries;
    }

    /** The superuser's password, made up when the cluster is created. */
    String password() throws IOException {
        return Files.readString(home.passwordFile()).strip();
    }

    void createIfAbsent() throws IOException {
        Path cluster = home.cluster();
        if (Files.exists(cluster)) {
            refuseOtherVersion(cluster);
            return;
        }
        // Made under another name: a creation that was cut off leaves nothing that looks like a cluster.
        Path partial = home.folder().resolve("data.partial");
        FileTrees.delete(partial);
        Files.createDirectory(partial, ownerOnly("rwx------"));
        home.user().own(partial);
        writePassword();
        home.user()
                .run(
                        home.folder(),
                        List.of(
                                program("initdb"),
                                "--pgdata=" + partial,
                                "--username=" + SUPERUSER,
                                "--pwfile=" + home.passwordFile(),
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                // Sorts by code point, which is by UTF-8 bytes, and knows upper and lower case
                                // everywhere.
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--locale=C",
                                "--no-instructions"))
                .orFail("Creating the embedded Postgres", wayOut());
        Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void refuseOtherVersion(Path cluster) throws IOException {
        String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
            throw new IOException(cluster + " was written by Postgres " + version + "; this program brings Postgres "
                    + PostgresBinaries.MAJOR_VERSION + ". Use another --data-dir, or a server of version " + version
                    + " with --db URL.");
        }
    }

    private void writePassword() throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Path file = home.passwordFile();
        Files.deleteIfExists(file);
        Files.createFile(file, ownerOnly("rw-------"));
        Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
        // initdb reads it; root can read it whoever owns it.
        home.user().own(file);
    }

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** The port of the server that runs on this cluster; a leftover of one that died is no server. */
    Optional<Integer> runningPort() throws IOException {
        Path pidFile = home.cluster().resolve("postmaster.pid");
        List<String> lines;
        try {
            lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        } catch (NoSuchFileException justStopped) {
            return Optional.empty();
        }
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        if (isPostgres(Long.parseLong(lines.get(0).strip()))) {
            return Optional.of(Integer.valueOf(lines.get(PORT_LINE).strip()));
        }
        // After a reboot the number may belong to another program of the same user; Postgres would then refuse to
        // start.
        Files.delete(pidFile);
        return Optional.empty();
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    /** Starts the server in a session of its own, so that a Ctrl-C on our terminal does not reach it. */
    ServerUser.Outcome start(int port) throws IOException {
        writeSettings();
        prepareLog();
        return home.user()
                .run(
                        home.folder(),
                        List.of(
                                program("pg_ctl"),
                                "--pgdata=" + home.cluster(),
                                "--log=" + home.log(),
                                "--wait",
                                "--timeout=" + START_SECONDS,
                                "--options=-p " + port,
                                "start"));
    }

    private void writeSettings() throws IOException {
        Path settings = home.cluster().resolve("postgresql.conf");
        try (InputStream ours = Cluster.class.getResourceAsStream("postgresql.conf")) {
            if (ours == null) {
                throw new IllegalStateException("postgresql.conf is missing beside " + Cluster.class.getName());
            }
            Files.copy(ours, settings, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        home.user().own(settings);
    }

    /** The log tells about one start and what followed; the one before is kept beside it. */
    private void prepareLog() throws IOException {
        if (Files.exists(home.log())) {
            Path previous = home.folder().resolve("postgres.previous.log");
            Files.move(home.log(), previous, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.createFile(home.log(), ownerOnly("rw-------"));
        home.user().own(home.log());
    }

    /** Ends the server: open transactions are rolled back, everything committed is written. */
    void stop() throws IOException {
        home.user()
                .run(
                        home.folder(),
                        List.of(
                                program("pg_ctl"),
                                "--pgdata=" + home.cluster(),
                                "--mode=fast",
                                "--wait",
                                "--timeout=" + STOP_SECONDS,
                                "stop"))
                .orFail("Stopping the embedded Postgres", wayOut());
    }

    String logTail() throws IOException {
        List<String> lines = Files.readAllLines(home.log(), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    String wayOut() {
        return "Its log is " + home.log() + ". Another --data-dir starts a new server; --db URL uses one of your own;"
                + " --db none does without.";
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }
}
