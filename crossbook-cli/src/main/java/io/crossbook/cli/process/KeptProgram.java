package io.crossbook.cli.process;

import io.crossbook.cli.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of our programs as a child process that is kept running. It says a line that begins with {@code ready} once it can be used.
 * If it ends without our doing, that is said in a line and it is started again, later and later if it does not stay.
 *
 * <p>Its standard input is a pipe that we hold: when this program dies, even by SIGKILL, the pipe closes and the child ends
 * itself. It does not hear a Ctrl-C on our terminal, which goes to everybody there: programs that need each other are ended by us,
 * one after the other.
 */
public final class KeptProgram implements AutoCloseable {
    private static final String READY = "ready";
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 16_000;
    private static final long HEALTHY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SECONDS_TO_LEAVE = 5;

    /** What a shell does before it becomes the program: a signal that is ignored stays so. */
    private static final List<String> DEAF = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Program program;
    private final Console console;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Process process;

    /** What is kept running. */
    public interface Program {
        /** In a word, for messages. */
        String name();

        /** What to start, with its streams but standard input and output; asked at every start. */
        ProcessBuilder command() throws IOException;

        /** Where to read why it did not start: the end of the sentence that says so. */
        String whereToLook();

        /**
         * Takes a line that it says after it was ready.
         *
         * @param answer says a line to that very process
         */
        default void said(String line, Consumer<String> answer) {}

        /** How long it may take to end when it is asked to. */
        int secondsToEnd();
    }

    /** A program that ended before it could be used. */
    public static final class NotStarted extends IOException {
        private static final long serialVersionUID = 1;
        private final String program;
        private final int exitCode;

        NotStarted(String program, int exitCode, String message) {
            super(message);
            this.program = program;
            this.exitCode = exitCode;
        }

        public String program() {
            return program;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public KeptProgram(Program program, Console console) {
        this.program = program;
        this.console = console;
    }

    /**
     * Starts it and waits until it can be used; from then on it is kept running.
     *
     * @throws NotStarted if it ends before
     */
    public void start() throws IOException {
        Process first = launch();
        listenTo(first);
        keepFrom(() -> awaitEnd(first));
    }

    /** Keeps it running without waiting for it: one that does not start is tried again. */
    public void startInTheEnd() {
        keepFrom(() -> {});
    }

    private void keepFrom(Runnable beginning) {
        Thread watch = new Thread(
                () -> {
                    beginning.run();
                    keep();
                },
                program.name() + " watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void keep() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!closesWithin(pauseMillis)) {
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            try {
                Process again = launch();
                console.say(program.name() + ": it runs again");
                listenTo(again);
                long since = System.nanoTime();
                awaitEnd(again);
                if (System.nanoTime() - since > HEALTHY_NANOS) {
                    pauseMillis = FIRST_PAUSE_MILLIS;
                }
            } catch (IOException failed) {
                if (!isClosing()) {
                    console.say(program.name() + ": " + failed.getMessage() + "; trying again");
                }
            }
        }
    }

    private void awaitEnd(Process running) {
        int exitCode = running.onExit().join().exitValue();
        if (!isClosing()) {
            console.say(program.name() + ": ended with exit code " + exitCode + "; starting it again");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean closesWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = program.command();
        List<String> command = new ArrayList<>(DEAF);
        command.addAll(builder.command());
        builder.command(command).redirectInput(Redirect.PIPE).redirectOutput(Redirect.PIPE);
        Process started;
        synchronized (this) {
            if (isClosing()) {
                throw new IOException("it is being stopped");
            }
            started = builder.start();
            process = started;
        }
        awaitReady(started);
        return started;
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
        String line;
        do {
            line = lines.readLine();
        } while (line != null && !line.startsWith(READY));
        if (line == null) {
            int exitCode = exitCode(started);
            throw new NotStarted(
                    program.name(),
                    exitCode,
                    "ended with exit code " + exitCode + " before it was ready; " + program.whereToLook());
        }
    }

    private static int exitCode(Process ending) throws IOException {
        try {
            if (!ending.waitFor(SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
                ending.destroyForcibly().waitFor();
            }
            return ending.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for its end", interrupted);
        }
    }

    private void listenTo(Process started) {
        Thread listen = new Thread(() -> listen(started), program.name() + " output");
        listen.setDaemon(true);
        listen.start();
    }

    private void listen(Process started) {
        try {
            BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                program.said(line, answer -> say(started, answer));
            }
        } catch (IOException itIsGone) {
            // Whoever waits for its end says so.
        }
    }

    private static void say(Process started, String line) {
        try {
            OutputStream input = started.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException itIsGone) {
            // Nobody waits for the answer any more.
        }
    }

    /** Ends it, and waits for its end. */
    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closing.countDown();
            running = process;
        }
        if (running != null) {
            end(running, program.secondsToEnd());
        }
    }

    /**
     * Ends a child by its handle: {@code Process.destroy} would close the pipe to it as well, and it would take us for dead and
     * leave without its last words.
     */
    public static void end(Process child, int secondsToEnd) {
        child.toHandle().destroy();
        try {
            if (!child.waitFor(secondsToEnd, TimeUnit.SECONDS)) {
                child.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
