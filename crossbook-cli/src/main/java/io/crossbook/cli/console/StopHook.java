package io.crossbook.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Ends what a command started when the command itself is stopped by Ctrl-C or SIGTERM, newest first, and leaves with
 * {@link ExitCode#STOPPED}. A command that comes to its own end closes the hook, and nothing of this happens.
 */
public final class StopHook implements AutoCloseable {
    private final Console console;
    private final Deque<Action> actions = new ArrayDeque<>();
    private final Thread thread = new Thread(this::stop, "stop");

    public StopHook(Console console) {
        this.console = console;
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /** Something to end or to say; its failure is said and does not keep the others from being done. */
    public interface Action {
        void run() throws Exception;
    }

    public synchronized void onStop(Action action) {
        actions.push(action);
    }

    /** Opens something that can be ended only once it is open: a stop that comes meanwhile waits for it. */
    public synchronized <T extends AutoCloseable> T opened(Supplier<T> opening) {
        T open = opening.get();
        actions.push(open::close);
        return open;
    }

    /** Does something that must not be broken off: a stop that comes meanwhile waits for it. */
    public synchronized void undisturbed(Runnable work) {
        work.run();
    }

    /** Waits for the stop that ends the process. */
    public int await() {
        waitForTheEnd();
        return ExitCode.STOPPED;
    }

    private synchronized void stop() {
        while (!actions.isEmpty()) {
            try {
                actions.pop().run();
            } catch (Exception e) {
                // The other actions matter more than this one's trouble: nothing that was started may be left behind.
                console.say("while stopping: " + e.getMessage());
            }
        }
        console.out().flush();
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException alreadyStopping) {
            // The hook runs and ends the process; the command must not go on in the meantime.
            waitForTheEnd();
        }
    }

    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
