package io.crossbook.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who runs the server: we ourselves or, when we are root, an unprivileged user of the machine, since Postgres refuses
 * to run as root.
 */
final class ServerUser {
    /** The first of these that the machine knows is taken. */
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    private final String name;
    private final boolean switched;

    private ServerUser(String name, boolean switched) {
        this.name = name;
        this.switched = switched;
    }

    /** The owner of {@code cluster} if we are root and it exists, so that its files stay his. */
    static ServerUser choose(Path cluster) throws IOException {
        if (!isRoot()) {
            return new ServerUser(System.getProperty("user.name"), false);
        }
        if (Files.exists(cluster)) {
            return new ServerUser(Files.getOwner(cluster).getName(), true);
        }
        for (String name : UNPRIVILEGED) {
            if (exists(name)) {
                return new ServerUser(name, true);
            }
        }
        throw new IOException("Postgres refuses to run as root, and this machine has none of the users " + UNPRIVILEGED
                + ". Run as an ordinary user, or use a server of your own with --db URL.");
    }

    private static boolean isRoot() throws IOException {
        // The owner of our own process entry, where there is one; a user name alone can be set to anything.
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                : "root".equals(System.getProperty("user.name"));
    }

    private static boolean exists(String name) throws IOException {
        try {
            principal(name);
            return true;
        } catch (UserPrincipalNotFoundException unknown) {
            return false;
        }
    }

    private static UserPrincipal principal(String name) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }

    /** Makes the server's user the owner of a file or folder. */
    void own(Path path) throws IOException {
        if (switched) {
            Files.setOwner(path, principal(name));
        }
    }

    /** Whether the server's user can enter this folder, all folders above it included. */
    boolean canEnter(Path folder) throws IOException {
        return !switched
                || run(Path.of("/"), List.of("test", "-x", folder.toString())).succeeded();
    }

    /** Runs a program as the server's user to its end and returns what it printed. */
    Outcome run(Path workingFolder, List<String> command) throws IOException {
        List<String> full = new ArrayList<>();
        if (switched) {
            full.addAll(List.of("runuser", "-u", name, "--"));
        }
        full.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(full).directory(workingFolder.toFile()).redirectErrorStream(true);
        cleanEnvironment(builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(command, process.waitFor(), output.strip());
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.get(0), interrupted);
        }
    }

    /** A caller's PGDATA, PGPORT or locale must not steer our server. */
    private static void cleanEnvironment(Map<String, String> environment) {
        environment.keySet().removeIf(variable -> variable.startsWith("PG") || variable.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
    }

    /** How a program ended. */
    record Outcome(List<String> command, int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }

        /** The same if it succeeded; otherwise an error with its output and {@code advice}. */
        Outcome orFail(String what, String advice) throws IOException {
            if (!succeeded()) {
                throw new IOException(what + " failed: " + String.join(" ", command) + " ended with " + exitCode
                        + (output.isEmpty() ? "" : ":\n" + output) + "\n" + advice);
            }
            return this;
        }
    }
}
