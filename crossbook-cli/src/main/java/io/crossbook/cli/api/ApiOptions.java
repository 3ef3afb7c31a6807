package io.crossbook.cli.api;

import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.process.Ports;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the API listens and what it allows. */
public final class ApiOptions {
    private static final int LIMIT_FOR_STRANGERS = 100;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address of this machine where the API listens; 0.0.0.0 is all of them. It asks nobody for a"
                            + " password. Default: ${DEFAULT-VALUE}.")
    String host = Ports.LOOPBACK;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            description = "Where the API listens, or the next free port. Default: ${DEFAULT-VALUE}.")
    int port = 8080;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description =
                    "Requests per second that a caller may make; more are answered 429. 0 is no limit. Default: none"
                            + " on loopback, 100 on any other address.")
    @Nullable
    Integer rateLimit;

    @Option(
            names = "--allow-reset",
            description = "Lets POST /api/v1/portfolio/reset end the live run and start the next one.")
    boolean allowReset;

    @Option(names = "--allow-clearing", description = "Lets POST /api/v1/clearing/DATE/run clear a date of a run.")
    boolean allowClearing;

    /** The defaults, with a port of its own. */
    public static ApiOptions at(int port) {
        ApiOptions options = new ApiOptions();
        options.port = port;
        return options;
    }

    /** Refuses values that picocli's types let through. */
    public void check() {
        Ports.check("--api-port", port);
        if (rateLimit != null && rateLimit < 0) {
            throw new UsageException("--rate-limit: expected zero or more, was " + rateLimit);
        }
        address();
    }

    InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new UsageException(
                    "--host: \"" + host + "\" is no address of this machine; 127.0.0.1 and 0.0.0.0 always" + " are");
        }
    }

    int rateLimit() {
        if (rateLimit != null) {
            return rateLimit;
        }
        return address().isLoopbackAddress() ? 0 : LIMIT_FOR_STRANGERS;
    }
}
