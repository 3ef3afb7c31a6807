package io.crossbook.cli.api;

import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import io.crossbook.cli.process.KeptProgram;
import io.crossbook.cli.process.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves the runs of a database until Ctrl-C.
 *
 * @param command the word of the command, for messages
 */
public record Serving(
        Surroundings surroundings, String command, ApiOptions options, DatabaseChoice database, Path dataDir) {
    /**
     * Starts it, tells where it is, and stays.
     *
     * @param told takes the session once it answers
     * @return the exit code, if it does not start
     */
    public int run(LiveRuns runs, Consumer<ApiSession> told) {
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession session =
                        stopHook.opened(() -> DatabaseSession.open(database, dataDir, surroundings.console()))) {
            session.keepRunning(surroundings.console());
            try (ApiSession api =
                    ApiSession.open(options, session.address().orElseThrow(), runs, dataDir, surroundings, stopHook)) {
                told.accept(api);
                return stopHook.await();
            }
        } catch (KeptProgram.NotStarted failed) {
            surroundings.console().say(command + ": the process \"" + failed.program() + "\" " + failed.getMessage());
            return ExitCode.INTERNAL;
        } catch (IOException failed) {
            throw new UncheckedIOException("the API does not start: " + failed.getMessage(), failed);
        }
    }

    /** Says on standard output where it is, for a program to read. */
    public void tellAsJson(ApiSession api) {
        surroundings.console().out().println(SettingsFile.jsonLine(Map.of("api", api.url())));
    }
}
