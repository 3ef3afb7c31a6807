package io.crossbook.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The checkout this program runs from, where the other programs and the bundled day lie.
 *
 * @param root the folder that holds the {@code crossbook} script
 */
public record Installation(Path root) {
    private static final Properties BUILD = readBuildProperties();

    /** Found from the place of the classes: {@code root/crossbook-cli/target/crossbook-cli.jar} or {@code …/classes}. */
    public static Installation ofProcess() {
        try {
            Path classes = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Installation(classes.getParent().getParent().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program does not know where it lies", e);
        }
    }

    public static String version() {
        return BUILD.getProperty("version");
    }

    /** The {@code --add-opens} options that Flink needs, as the build names them. */
    public static List<String> flinkOpens() {
        return List.of(BUILD.getProperty("flink.opens").split(" "));
    }

    /** Options that {@code CROSSBOOK_JAVA_OPTIONS} has for every Java that is started. */
    public static List<String> javaOptions() {
        String options =
                System.getenv().getOrDefault("CROSSBOOK_JAVA_OPTIONS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    /** The words that start this program anew, as the {@code crossbook} script does, with the Java that runs us. */
    public List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(javaOptions());
        command.add("-jar");
        command.add(root.resolve("crossbook-cli/target/crossbook-cli.jar").toString());
        command.addAll(List.of(words));
        return command;
    }

    public Path replayJar() {
        return root.resolve("jobs/replay/target/replay.jar");
    }

    public Path replayLibraries() {
        return root.resolve("jobs/replay/target/lib");
    }

    public Path brokerJar() {
        return root.resolve("jobs/broker/target/broker.jar");
    }

    public Path brokerLibraries() {
        return root.resolve("jobs/broker/target/lib");
    }

    public Path clearingJar() {
        return root.resolve("jobs/clearing/target/clearing.jar");
    }

    public Path clearingLibraries() {
        return root.resolve("jobs/clearing/target/lib");
    }

    public Path apiJar() {
        return root.resolve("query-api/target/query-api.jar");
    }

    public Path apiLibraries() {
        return root.resolve("query-api/target/lib");
    }

    /** The day that {@code demo} runs. */
    public Path demoDay() {
        return root.resolve("datasets/demo-day");
    }

    private static Properties readBuildProperties() {
        try (InputStream in = Installation.class.getResourceAsStream("/io/crossbook/cli/crossbook.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
