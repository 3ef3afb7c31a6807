package io.crossbook.cli.process;

import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.UsageException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this installation with its own libraries beside it.
 *
 * @param what it is, in words for messages
 */
public record JavaProgram(String what, Path jar, Path libraries) {
    /** Refuses to go on where it was not built. */
    public void requireBuilt() {
        if (!Files.exists(jar) || !Files.isDirectory(libraries)) {
            throw new UsageException(
                    what + " is not built: " + jar + " is missing. Build it with: ./mvnw -DskipTests package");
        }
    }

    /** The words that start it with the Java that runs us. */
    public List<String> command(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(Installation.javaOptions());
        command.add("-Duser.timezone=UTC");
        command.add("-cp");
        command.add(jar + File.pathSeparator + libraries + File.separator + "*");
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }
}
