package io.crossbook.replay;

import io.crossbook.replay.input.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code crossbook publish}: one argument, the settings file.
 *
 * <p>Standard input is held open by the caller and says nothing; progress and errors go to standard error. The exit code is
 * that of the command: 0 ok, 1 internal, 2 usage, 4 input that broke off, 130 stopped.
 */
public final class PublishMain {
    private static volatile @Nullable Publish publish;

    private PublishMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("publish: one argument is needed, the settings file. Try: ./crossbook publish --help");
            System.exit(ExitCode.USAGE);
        }
        ParentWatch.start(System.in);
        Thread stop = new Thread(() -> stopped(System.err), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        int code = run(Path.of(args[0]), System.err);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static void stopped(PrintStream err) {
        Publish running = publish;
        err.println();
        err.println(
                "publish: stopped, " + (running == null ? 0 : running.acknowledged()) + " records are in the topic");
        err.flush();
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    private static int run(Path settingsFile, PrintStream err) {
        Path log = null;
        try {
            PublishSettings settings = PublishSettings.read(settingsFile);
            log = Path.of(settings.log());
            System.setProperty("crossbook.log", log.toString());
            Publish made = new Publish(settings, err);
            publish = made;
            return made.run();
        } catch (UsageException wrong) {
            wrong.messages().forEach(message -> err.println("publish: " + message));
            return ExitCode.USAGE;
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code, not in a shutdown by accident.
            err.println("publish: " + Causes.sentence(failed));
            if (log != null) {
                Causes.appendTo(log, failed);
                err.println("publish: the whole story is in " + log);
            }
            return ExitCode.INTERNAL;
        }
    }
}
