package io.crossbook.cli.serve;

import io.crossbook.cli.api.ApiOptions;
import io.crossbook.cli.api.ApiSession;
import io.crossbook.cli.api.LiveRun;
import io.crossbook.cli.backtest.ReplayProcess;
import io.crossbook.cli.broker.BrokerSession;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.cli.live.LiveOptions;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.Ports;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crossbook up}: database, broker, live job and API together. */
@Command(
        name = "up",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Starts database, broker, live job and API together, embedded unless --db or --bootstrap-servers name others,"
                    + " and prints where each of them is. Orders can then be entered by REST, by WebSocket or on the topic,"
                    + " and everything that comes of them can be read.",
            "",
            "Stays until Ctrl-C, which ends all of them, one after the other; the same command goes on where it was. What"
                    + " dies meanwhile is started again.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./crossbook up",
            "  ./crossbook up --instruments instruments.csv --clock 1s --allow-reset",
            "  ./crossbook up --json --data-dir /srv/crossbook --delivery exactly-once",
            "",
            "With --json one line once all is ready, {\"api\": ..., \"kafka\": ...,",
            "\"postgres\": ..., \"flink\": ...}. Exit codes: 1 something does not start,",
            "2 wrong use, 130 stopped."
        })
public final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            description = "Where the embedded database listens, or the next free port. Default: ${DEFAULT-VALUE}.")
    private int postgresPort = DatabaseSession.WISHED_PORT;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            description = "Where Flink's own REST tells of the job, on loopback, or the next free port."
                    + " Default: ${DEFAULT-VALUE}.")
    private int flinkPort = 8081;

    @Option(
            names = "--fresh",
            description =
                    "Throws away first what earlier commands left in the data directory: the embedded database and"
                            + " broker with all runs and topics.")
    private boolean fresh;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(names = "--json", description = "Prints the addresses as one line of JSON, nothing else.")
    private boolean json;

    public UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        check();
        new ReplayProcess(surroundings.installation(), surroundings.console()).requireBuilt();
        ApiSession.program(surroundings.installation()).requireBuilt();
        Path dataDir = live.dataDir(surroundings);
        try (StopHook stopHook = new StopHook(surroundings.console())) {
            if (fresh) {
                stopHook.undisturbed(new FormerState(dataDir)::remove);
            }
            return run(dataDir, stopHook);
        } catch (KeptProgram.NotStarted failed) {
            surroundings.console().say("up: the process \"" + failed.program() + "\" " + failed.getMessage());
            return failed.exitCode() == ExitCode.USAGE ? ExitCode.USAGE : ExitCode.INTERNAL;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    private void check() {
        live.check(surroundings);
        api.check();
        Ports.check("--postgres-port", postgresPort);
        Ports.check("--flink-port", flinkPort);
        boolean embedded = live.database(surroundings).kind() == DatabaseChoice.Kind.EMBEDDED
                && live.broker().elsewhere().isEmpty();
        if (fresh && !embedded) {
            throw new UsageException(
                    "--fresh throws away what is in the data directory, and a database or broker that is"
                            + " elsewhere would still hold the run; begin another one there with --run-id and --topic-prefix");
        }
    }

    private int run(Path dataDir, StopHook stopHook) throws IOException {
        try (DatabaseSession database = stopHook.opened(() ->
                DatabaseSession.open(live.database(surroundings), dataDir, postgresPort, surroundings.console()))) {
            database.keepRunning(surroundings.console());
            try (BrokerSession broker =
                    stopHook.opened(() -> BrokerSession.open(live.broker(), dataDir, surroundings))) {
                return run(database, broker, dataDir, stopHook);
            }
        }
    }

    private int run(DatabaseSession database, BrokerSession broker, Path dataDir, StopHook stopHook)
            throws IOException {
        try (LiveJob job = new LiveJob(surroundings, live, database, broker, flinkPort)) {
            stopHook.onStop(job::close);
            job.start();
            DatabaseAddress address = database.address().orElseThrow();
            try (ApiSession session = ApiSession.open(api, address, job, dataDir, surroundings, stopHook)) {
                if (json) {
                    tellAsJson(session, broker, address, job);
                } else {
                    tell(session, broker, database, job);
                }
                return stopHook.await();
            }
        }
    }

    private void tellAsJson(ApiSession session, BrokerSession broker, DatabaseAddress database, LiveJob job) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("api", session.url());
        addresses.put("kafka", broker.bootstrapServers());
        addresses.put("postgres", database.jdbcUrl());
        addresses.put("flink", job.flinkUrl());
        surroundings.console().out().println(SettingsFile.jsonLine(addresses));
    }

    private void tell(ApiSession session, BrokerSession broker, DatabaseSession database, LiveJob job) {
        LiveRun run = job.current().orElseThrow();
        DatabaseAddress address = database.address().orElseThrow();
        Console console = surroundings.console();
        PrintStream out = console.out();
        out.println(console.strong("run " + run.runId() + " is up"));
        out.println();
        session.doors().forEach(out::println);
        out.println("Kafka      " + broker.bootstrapServers() + ", topic " + run.topicPrefix() + ".commands");
        out.println("Postgres   " + address.jdbcUrl() + ", user " + address.user());
        database.passwordFile().ifPresent(file -> out.println("password   in " + surroundings.shown(file)));
        out.println("Flink      " + job.flinkUrl() + "/jobs");
        out.println();
        out.println("A first order:");
        out.println();
        out.println("  curl -s " + session.url() + "/api/v1/orders \\");
        out.println("    -H 'Content-Type: application/json' \\");
        out.println("    -d '{\"client_id\": \"alice\", \"instrument\": \"ACME\", \"side\": \"SELL\",");
        out.println("         \"type\": \"LIMIT\", \"price\": \"101.50\", \"quantity\": \"10\"}'");
        out.println();
        console.say("Ctrl-C stops everything; the same command goes on from there.");
    }
}
