package io.crossbook.cli.broker;

import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.process.Ports;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the topics are. */
public final class BrokerOptions {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int MOST_PARTITIONS = 1_000;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka broker. Default: an embedded one below the data directory.")
    @Nullable
    String bootstrapServers;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description =
                    "Where the embedded broker listens, or the next free port. Default: 9092, later where it was.")
    @Nullable
    Integer port;

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            description = "The topics are NAME.commands, NAME.trades and so on. Default: ${DEFAULT-VALUE}.")
    String topicPrefix = "crossbook";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of topics that are made now. Default: 4. Those that are there stay as they are.")
    @Nullable
    Integer partitions;

    /** Refuses values that picocli's types let through. */
    public void check() {
        if (!PREFIX.matcher(topicPrefix).matches() || topicPrefix.chars().allMatch(letter -> letter == '.')) {
            throw new UsageException(
                    "--topic-prefix: up to 100 letters, digits, \".\", \"_\" and \"-\", was \"" + topicPrefix + "\"");
        }
        if (partitions != null && (partitions < 1 || partitions > MOST_PARTITIONS)) {
            throw new UsageException("--partitions: expected 1 to " + MOST_PARTITIONS + ", was " + partitions);
        }
        if (port != null) {
            Ports.check("--kafka-port", port);
        }
    }

    /** The address of a broker that is elsewhere, or nothing. */
    public Optional<String> elsewhere() {
        return Optional.ofNullable(bootstrapServers);
    }

    public String topicPrefix() {
        return topicPrefix;
    }

    public @Nullable Integer partitions() {
        return partitions;
    }
}
