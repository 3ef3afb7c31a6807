package io.crossbook.clearing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The program behind {@code crossbook clear}: one argument, the settings file.
 *
 * <p>Standard input is held open by the caller and says nothing; progress and errors go to standard error, what came of it to
 * the file that the settings name. The exit code is that of the command: 0 ok, 1 internal, 2 refused, 3 the books do not
 * balance, 130 stopped.
 */
public final class ClearingMain {
    private static final int OK = 0;
    private static final int INTERNAL = 1;
    private static final int REFUSED = 2;
    private static final int CHECK_FAILED = 3;
    private static final int STOPPED = 130;

    private ClearingMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("clear: one argument is needed, the settings file. Try: ./crossbook clear --help");
            System.exit(REFUSED);
        }
        watchParent();
        Thread stop = new Thread(ClearingMain::stopped, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        int code = run(Path.of(args[0]), System.err);
        Runtime.getRuntime().removeShutdownHook(stop);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** The parent holds the other end of standard input and never writes; the end of the stream is its death. */
    private static void watchParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever said on this stream.
                        }
                    } catch (IOException closed) {
                        // A broken pipe says the same as its end.
                    }
                    Runtime.getRuntime().halt(STOPPED);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void stopped() {
        System.err.println();
        System.err.println("clear: stopped. Nothing is published; go on with: ./crossbook clear recover");
        System.err.flush();
        // What is committed is right at any moment; an orderly end would only take time.
        Runtime.getRuntime().halt(STOPPED);
    }

    static int run(Path settingsFile, PrintStream err) {
        Path log = null;
        try {
            ClearingSettings settings = ClearingSettings.read(settingsFile);
            log = Path.of(settings.log());
            System.setProperty("crossbook.log", log.toString());
            new Clearing(settings, err).run();
            return OK;
        } catch (RefusedException refused) {
            refused.messages().forEach(message -> err.println("clear: " + message));
            return REFUSED;
        } catch (GateException broken) {
            err.println("clear: " + broken.getMessage());
            return CHECK_FAILED;
        } catch (Throwable failed) {
            // Errors too: a library that does not fit must end in a sentence and a code, not in a shutdown by accident.
            err.println("clear: " + (failed.getMessage() == null ? failed.toString() : failed.getMessage()));
            if (log != null) {
                write(log, failed);
                err.println("clear: the whole story is in " + log + "; go on with ./crossbook clear recover");
            }
            return INTERNAL;
        }
    }

    private static void write(Path log, Throwable failed) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            try (PrintWriter out = new PrintWriter(
                    Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
                failed.printStackTrace(out);
            }
        } catch (IOException cannotSay) {
            // It was said on standard error.
        }
    }
}
