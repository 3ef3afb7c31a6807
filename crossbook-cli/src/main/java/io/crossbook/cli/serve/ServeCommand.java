package io.crossbook.cli.serve;

import io.crossbook.cli.api.ApiOptions;
import io.crossbook.cli.api.ApiSession;
import io.crossbook.cli.api.LiveRun;
import io.crossbook.cli.api.LiveRuns;
import io.crossbook.cli.api.Serving;
import io.crossbook.cli.backtest.RunNames;
import io.crossbook.cli.console.DurationValue;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.live.LiveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook serve}: REST and WebSocket over what a database holds. */
@Command(
        name = "serve",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Serves the runs of a database over REST and WebSocket: orders, trades, books, candles, positions and P&L, of"
                    + " backtests and of live runs that go on. Stays until Ctrl-C.",
            "",
            "It reads; orders can be entered where a live run goes on elsewhere, whose broker is then named with"
                    + " --bootstrap-servers. Without, order entry answers 503. ./crossbook up starts everything together.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook serve",
            "  ./crossbook serve --db postgres://reader@db/crossbook --api-port 9000",
            "  ./crossbook serve --bootstrap-servers kafka:9092 --db postgres://db/crossbook",
            "",
            "  curl -s http://127.0.0.1:8080/api/v1/runs",
            "",
            "Prints where it answers; with --json one line, {\"api\": \"http://...\"}.",
            "Exit codes: 1 it does not start, 2 wrong use, 130 stopped."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DEFAULT_CHECKPOINT_NANOS = 5_000 * NANOS_PER_MILLI;

    private final Surroundings surroundings;

    @Option(
            names = "--db",
            paramLabel = "URL|embedded",
            description = "The database. User and password of a URL may come from PGUSER and PGPASSWORD."
                    + " Default: ${DEFAULT-VALUE}.")
    private String db = "embedded";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the embedded database and of the API's log. Default: ${DEFAULT-VALUE}.")
    private Path dataDir = Path.of(".crossbook");

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka broker of a live run that takes orders. Default: none, and no order entry.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--topic-prefix",
            paramLabel = "NAME",
            description = "That run's topics are NAME.commands, NAME.trades and so on. Default: crossbook.")
    private @Nullable String topicPrefix;

    @Option(names = "--run-id", paramLabel = "ID", description = "That run's name. Default: live.")
    private @Nullable String runId;

    @Option(
            names = "--delivery",
            paramLabel = "low-latency|exactly-once",
            converter = LiveOptions.Delivery.class,
            description = "How that run delivers: with exactly-once an answer may take a checkpoint's time."
                    + " Default: low-latency.")
    private @Nullable String delivery;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How often that run saves its state. Default: 5s.")
    private @Nullable Long checkpointIntervalNanos;

    @Option(names = "--json", description = "Prints where it answers as one line of JSON, nothing else.")
    private boolean json;

    public ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DatabaseChoice database = DatabaseChoice.parse(db, surroundings.environment());
        check(database);
        ApiSession.program(surroundings.installation()).requireBuilt();
        Path data = surroundings.resolve(dataDir);
        if (database.kind() == DatabaseChoice.Kind.EMBEDDED && !Files.isDirectory(data.resolve("postgres"))) {
            surroundings
                    .console()
                    .say("serve: no run is stored in " + surroundings.shown(data)
                            + " yet; those that use the same --data-dir will be seen here");
        }
        Serving serving = new Serving(surroundings, "serve", api, database, data);
        return serving.run(LiveRuns.elsewhere(liveRun()), session -> {
            if (json) {
                serving.tellAsJson(session);
            } else {
                session.doors().forEach(surroundings.console().out()::println);
                surroundings.console().say("Ctrl-C stops it.");
            }
        });
    }

    private void check(DatabaseChoice database) {
        if (database.isNone()) {
            throw new UsageException(
                    "--db: without a database there is nothing to serve; give a URL, or leave the option"
                            + " out for the embedded one");
        }
        api.check();
        boolean describesRun =
                Stream.of(topicPrefix, runId, delivery, checkpointIntervalNanos).anyMatch(given -> given != null);
        if (bootstrapServers == null && describesRun) {
            throw new UsageException("--topic-prefix, --run-id, --delivery and --checkpoint-interval say which live run"
                    + " takes orders; name its broker, too, with --bootstrap-servers");
        }
        if (runId != null) {
            RunNames.checked(runId);
        }
    }

    private Optional<LiveRun> liveRun() {
        return Optional.ofNullable(bootstrapServers)
                .map(broker -> new LiveRun(
                        runId == null ? "live" : runId,
                        broker,
                        topicPrefix == null ? "crossbook" : topicPrefix,
                        "exactly-once".equals(delivery),
                        (checkpointIntervalNanos == null ? DEFAULT_CHECKPOINT_NANOS : checkpointIntervalNanos)
                                / NANOS_PER_MILLI,
                        null));
    }
}
