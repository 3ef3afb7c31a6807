package io.crossbook.replay;

import io.crossbook.replay.input.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code crossbook live}, and for {@code flink run}: one argument, the settings file.
 *
 * <p>Standard input is held open by the caller, unless that is {@code flink run}, and says nothing; progress and errors go to standard error. Where the caller
 * gave a port for Flink's REST, standard output says {@code ready} once all tasks of the job run. The exit code is that of the
 * command: 0 ok, 1 internal, 2 usage, 3 a check failed, 130 stopped.
 */
public final class LiveMain {
    private static volatile @Nullable Live live;

    private LiveMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("live: one argument is needed, the settings file. Try: ./crossbook live --help");
            System.exit(ExitCode.USAGE);
        }
        if (!ReplayEnvironment.isOfFlinkRun()) {
            ParentWatch.start(System.in);
        }
        StopSignals.handle(() -> stop(System.err));
        int code = run(Path.of(args[0]), System.out, System.err);
        if (code == ExitCode.STOPPED) {
            // Whoever stopped the job has the last word.
            StopSignals.await();
        }
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static void stop(PrintStream err) {
        Live running = live;
        boolean saved = running != null && running.stop();
        err.println();
        err.println("live: stopped. The same command goes on from " + (saved ? "here." : "the newest checkpoint."));
        err.flush();
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    private static int run(Path settingsFile, PrintStream out, PrintStream err) {
        Path log = null;
        try {
            LiveSettings settings = LiveSettings.read(settingsFile);
            log = Path.of(settings.dataDir(), "runs", settings.runId()).resolve("live.log");
            System.setProperty("crossbook.log", log.toString());
            Live made = new Live(settings, DatabaseLogin.of(settings.database()), out, err);
            live = made;
            return made.run();
        } catch (UsageException wrong) {
            wrong.messages().forEach(message -> err.println("live: " + message));
            return ExitCode.USAGE;
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code, not in a shutdown by accident.
            err.println("live: " + Causes.sentence(failed));
            if (log != null) {
                Causes.appendTo(log, failed);
                err.println(
                        "live: the whole story is in " + log + "; the same command goes on from the newest checkpoint");
            }
            return ExitCode.INTERNAL;
        }
    }
}
