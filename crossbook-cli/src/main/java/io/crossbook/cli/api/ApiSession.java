package io.crossbook.cli.api;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.process.JavaProgram;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.Ports;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The API in use by this command: it answers, and is kept running until this is closed. */
public final class ApiSession implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final KeptProgram kept;
    private final SettingsFile settings;
    private final String url;

    private ApiSession(KeptProgram kept, SettingsFile settings, String url) {
        this.kept = kept;
        this.settings = settings;
        this.url = url;
    }

    /** The program, where it lies. */
    public static JavaProgram program(Installation installation) {
        return new JavaProgram("the API", installation.apiJar(), installation.apiLibraries());
    }

    /**
     * Starts the API and waits until it answers.
     *
     * @throws KeptProgram.NotStarted if it ends instead
     */
    public static ApiSession open(
            ApiOptions options,
            DatabaseAddress database,
            LiveRuns runs,
            Path dataDir,
            Surroundings surroundings,
            StopHook stopHook)
            throws IOException {
        Console console = surroundings.console();
        InetAddress address = options.address();
        return Ports.startOnFree("api", address, options.port, 1, console, ports -> {
            int port = ports.get(0);
            SettingsFile settings = SettingsFile.in(dataDir, "api");
            Program program =
                    new Program(options, port, database, runs, dataDir, settings, surroundings.installation(), console);
            return start(new ApiSession(new KeptProgram(program, console), settings, url(address, port)), stopHook);
        });
    }

    private static ApiSession start(ApiSession session, StopHook stopHook) throws IOException {
        stopHook.onStop(session::close);
        try {
            session.kept.start();
            return session;
        } catch (IOException failed) {
            session.close();
            throw failed;
        }
    }

    private static String url(InetAddress address, int port) {
        String host = address.isAnyLocalAddress() ? Ports.LOOPBACK : address.getHostAddress();
        return "http://" + (address instanceof Inet6Address && !address.isAnyLocalAddress() ? "[" + host + "]" : host)
                + ":" + port;
    }

    /** Where a caller on this machine reaches it. */
    public String url() {
        return url;
    }

    /** What can be opened there. */
    public List<String> doors() {
        return List.of(
                "API        " + url + "/api/v1",
                "to try     " + url + "/api/v1/docs",
                "health     " + url + "/healthz",
                "metrics    " + url + "/metrics");
    }

    @Override
    public void close() {
        kept.close();
        settings.close();
    }

    private record Program(
            ApiOptions options,
            int port,
            DatabaseAddress database,
            LiveRuns runs,
            Path dataDir,
            SettingsFile settings,
            Installation installation,
            Console console)
            implements KeptProgram.Program {
        /** What the API says to have the live run ended and the next one started. */
        private static final String RESET = "reset";

        @Override
        public String name() {
            return "api";
        }

        @Override
        public ProcessBuilder command() throws IOException {
            settings.write(SettingsFile.json(new ApiSettings(
                    options.host,
                    port,
                    ApiSettings.Database.of(database),
                    runs.current().orElse(null),
                    dataDir.toString(),
                    options.rateLimit(),
                    options.allowReset,
                    options.allowClearing ? installation.command("clear", "--data-dir=" + dataDir) : null,
                    Installation.version())));
            ProcessBuilder builder = new ProcessBuilder(program(installation)
                            .command(
                                    OPTIONS,
                                    "io.crossbook.api.ServeMain",
                                    settings.path().toString()))
                    .redirectError(Redirect.INHERIT);
            builder.environment().put(DatabaseAddress.PASSWORD_VARIABLE, database.password());
            return builder;
        }

        @Override
        public String whereToLook() {
            return "its log is " + dataDir.resolve("api").resolve("api.log");
        }

        @Override
        public void said(String line, Consumer<String> answer) {
            if (line.equals(RESET)) {
                answer.accept(reset());
            } else {
                console.say("api: " + line);
            }
        }

        private String reset() {
            try {
                return SettingsFile.jsonLine(runs.next());
            } catch (IOException | RuntimeException failed) {
                return SettingsFile.jsonLine(Map.of("error", String.valueOf(failed.getMessage())));
            }
        }

        @Override
        public int secondsToEnd() {
            return 20;
        }
    }
}
