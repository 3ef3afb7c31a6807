package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.Installation;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process as a person starts one in some folder, with what it prints in two files beside.
 *
 * @param name of the files, {@code NAME.out} and {@code NAME.err}
 */
record CommandProcess(Process process, Path streams, String name) {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    static final Path ROOT = Installation.ofProcess().root();

    private static final long PATIENCE_SECONDS = 300;

    /** What came of it. */
    record Ended(int exitCode, String out, String err) {}

    /** A folder below target and not a temporary one of mode 0700, which the database server's own user could not enter. */
    static Path newFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory(ROOT.resolve("crossbook-cli/target"), name + '-');
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Starts {@code ./crossbook} with these words, of the build that is there. */
    static CommandProcess crossbook(Path folder, Path streams, String name, String heap, List<String> arguments)
            throws IOException {
        return crossbook(folder, streams, name, heap, Map.of(), arguments);
    }

    /** The same with variables in its environment. */
    static CommandProcess crossbook(
            Path folder,
            Path streams,
            String name,
            String heap,
            Map<String, String> environment,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("crossbook").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = builder(folder, heap, command);
        builder.environment().putAll(environment);
        return start(builder, streams, name);
    }

    /** A process of the build that is there; to be given more, then to be started. */
    static ProcessBuilder builder(Path folder, String heap, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("CROSSBOOK_BUILD", "never");
        builder.environment().put("CROSSBOOK_HEAP", heap);
        // Half the time of a processor for what lives a minute.
        builder.environment().put("CROSSBOOK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    static CommandProcess start(ProcessBuilder builder, Path streams, String name) throws IOException {
        Process process = builder.redirectOutput(streams.resolve(name + ".out").toFile())
                .redirectError(streams.resolve(name + ".err").toFile())
                .start();
        return new CommandProcess(process, streams, name);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String err() throws IOException {
        return Files.readString(streams.resolve(name + ".err"));
    }

    Ended ended() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends in time")
                .isTrue();
        return new Ended(process.exitValue(), Files.readString(streams.resolve(name + ".out")), err());
    }
}
