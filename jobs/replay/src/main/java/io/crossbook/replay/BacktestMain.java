package io.crossbook.replay;

import io.crossbook.replay.input.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The program behind {@code crossbook backtest}: one argument, the settings file.
 *
 * <p>Standard input is held open by the caller and says nothing; progress and errors go to standard error. The exit code is
 * that of the command: 0 ok, 1 internal, 2 usage, 3 a check failed, 4 too many rejects or input that broke off, 130 stopped.
 */
public final class BacktestMain {
    private BacktestMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("backtest: one argument is needed, the settings file. Try: ./crossbook backtest --help");
            System.exit(ExitCode.USAGE);
        }
        ParentWatch.start(System.in);
        Thread stop = new Thread(() -> stopped(System.err), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        int code = run(Path.of(args[0]), System.err);
        Runtime.getRuntime().removeShutdownHook(stop);
        if (code == ExitCode.OK) {
            ClassDump.writeIfAsked();
        }
        // Flink's threads may outlive the job; everything that matters is on disk by now.
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static void stopped(PrintStream err) {
        err.println();
        err.println("backtest: stopped. The same command with --resume goes on from the newest checkpoint.");
        err.flush();
        // What is on disk is right at any moment; an orderly end would only take time.
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    private static int run(Path settingsFile, PrintStream err) {
        Path log = null;
        try {
            BacktestSettings settings = BacktestSettings.read(settingsFile);
            Path runFolder = Path.of(settings.dataDir(), "runs", settings.runId());
            log = runFolder.resolve("replay.log");
            System.setProperty("crossbook.log", log.toString());
            return new Backtest(settings, DatabaseLogin.of(settings), err).run();
        } catch (UsageException wrong) {
            wrong.messages().forEach(message -> err.println("backtest: " + message));
            return ExitCode.USAGE;
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code, not in a shutdown by accident.
            err.println("backtest: " + Causes.sentence(failed));
            if (log != null) {
                Causes.appendTo(log, failed);
                err.println("backtest: the whole story is in " + log
                        + "; the same command with --resume goes on from the newest checkpoint");
            }
            return ExitCode.INTERNAL;
        }
    }
}
