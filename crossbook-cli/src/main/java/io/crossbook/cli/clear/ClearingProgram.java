package io.crossbook.cli.clear;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.cli.process.JavaProgram;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clearing as a Java process of its own, with Spring Batch on its class path and not on ours. Its standard input is a pipe
 * that we hold open: when this program dies, even by SIGKILL, the child ends itself.
 */
public final class ClearingProgram {
    private static final String MAIN_CLASS = "io.crossbook.clearing.ClearingMain";
    private static final int SECONDS_TO_END = 10;
    private final Surroundings surroundings;
    private final FileOptions place;

    ClearingProgram(Surroundings surroundings, FileOptions place) {
        this.surroundings = surroundings;
        this.place = place;
    }

    public static JavaProgram program(Installation installation) {
        return new JavaProgram("the clearing program", installation.clearingJar(), installation.clearingLibraries());
    }

    /** What to do, besides what the options say. */
    record Action(
            String name,
            @Nullable String reason,
            boolean cascade,
            @Nullable String member,
            @Nullable String marginModel,
            @Nullable String settlementMethod) {
        static Action clear(@Nullable String reason, boolean cascade) {
            return new Action("CLEAR", reason, cascade, null, null, null);
        }

        static Action recover() {
            return new Action("RECOVER", null, false, null, null, null);
        }

        static Action whatIf(@Nullable String marginModel, @Nullable String settlementMethod) {
            return new Action("WHAT_IF", null, false, null, marginModel, settlementMethod);
        }

        /** @param member {@code null} for all of them */
        static Action statements(@Nullable String member) {
            return new Action("STATEMENTS", null, false, member, null, null);
        }
    }

    /** A clearing that was made: what it says of itself, and where its files are. */
    record Made(JsonNode manifest, Path folder) {}

    /**
     * What came of it.
     *
     * @param clearings in the order in which they were made
     */
    record Outcome(int exitCode, List<Made> clearings) {}

    Outcome run(Action action, ClearOptions options) {
        DatabaseChoice choice = place.database(surroundings);
        place.requireMade(surroundings);
        program(surroundings.installation()).requireBuilt();
        Path dataDir = surroundings.resolve(place.dataDir);
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession database =
                        stopHook.opened(() -> DatabaseSession.open(choice, dataDir, surroundings.console()));
                SettingsFile settings = SettingsFile.in(dataDir, "clearing");
                SettingsFile result = SettingsFile.in(dataDir, "clearing-result")) {
            DatabaseAddress address = database.address().orElseThrow();
            settings.write(SettingsFile.json(request(action, options, address, result.path(), dataDir)));
            int exitCode = run(settings, address, stopHook);
            return new Outcome(exitCode, read(result.path()));
        } catch (IOException e) {
            throw new UncheckedIOException("the clearing cannot be started", e);
        }
    }

    private ClearingRequest request(
            Action action, ClearOptions options, DatabaseAddress address, Path result, Path dataDir) {
        Map<String, ClearingRequest.NamedFile> files = new LinkedHashMap<>();
        options.files()
                .forEach((option, file) -> files.put(
                        option,
                        new ClearingRequest.NamedFile(
                                file.toString(), surroundings.resolve(file).toString())));
        return new ClearingRequest(
                action.name(),
                options.run,
                options.date == null ? null : options.date.toString(),
                CalendarWord.name(options.calendar),
                options.closingWindowNanos,
                options.minTrades,
                action.marginModel(),
                action.settlementMethod(),
                files,
                action.reason(),
                action.cascade(),
                action.member(),
                place.out == null ? null : surroundings.resolve(place.out).toString(),
                surroundings.workingDirectory().resolve("out/clearing").toString(),
                new ClearingRequest.Login(address.jdbcUrl(), address.user()),
                result.toString(),
                dataDir.resolve("clearing.log").toString(),
                surroundings.console().progressBar(),
                Installation.version());
    }

    private int run(SettingsFile settings, DatabaseAddress address, StopHook stopHook) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program(surroundings.installation())
                        .command(
                                List.of("-Xmx1g", "-XX:+UseParallelGC"),
                                MAIN_CLASS,
                                settings.path().toString()))
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        builder.environment().put(DatabaseAddress.PASSWORD_VARIABLE, address.password());
        Process child = builder.start();
        stopHook.onStop(() -> KeptProgram.end(child, SECONDS_TO_END));
        try {
            return meaning(child.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.STOPPED;
        }
    }

    private int meaning(int exitCode) {
        return switch (exitCode) {
            case ExitCode.OK, ExitCode.USAGE, ExitCode.CHECK_FAILED, ExitCode.STOPPED -> exitCode;
            case 143 -> ExitCode.STOPPED;
            case 137 -> {
                surroundings
                        .console()
                        .say("clear: the program was killed from outside (by the system, if memory ran out)."
                                + " Go on with: ./crossbook clear recover");
                yield ExitCode.INTERNAL;
            }
            default -> ExitCode.INTERNAL;
        };
    }

    private static List<Made> read(Path result) throws IOException {
        String json = Files.readString(result);
        if (json.isBlank()) {
            return List.of();
        }
        List<Made> made = new ArrayList<>();
        SettingsFile.JSON
                .readTree(json)
                .path("clearings")
                .forEach(each -> made.add(new Made(
                        each.path("manifest"), Path.of(each.path("folder").asText()))));
        return made;
    }
}
