package io.crossbook.cli.console;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it; handed in, so that a test can give another world.
 *
 * @param workingDirectory absolute; what relative paths on the command line mean
 */
public record Surroundings(
        Console console, Map<String, String> environment, Path workingDirectory, Installation installation) {
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                Console.ofProcess(environment), environment, Path.of("").toAbsolutePath(), Installation.ofProcess());
    }

    /** The absolute path that a path on the command line means. */
    public Path resolve(Path typed) {
        return workingDirectory.resolve(typed).normalize();
    }

    /** A path as a person would type it here: relative where it lies below the working directory. */
    public String shown(Path absolute) {
        return absolute.startsWith(workingDirectory) && !absolute.equals(workingDirectory)
                ? workingDirectory.relativize(absolute).toString()
                : absolute.toString();
    }
}
