package io.crossbook.store.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Passes over files of a run that need nothing of each other, at the same time. */
public final class SideBySide {
    private SideBySide() {}

    /** One pass. */
    @FunctionalInterface
    public interface Pass {
        void run() throws IOException;
    }

    /**
     * Makes the passes, each on a thread of its own, and waits for all.
     *
     * @throws IOException or an unchecked exception: the failure of the first pass, in the order given, that failed, so that it
     *     does not hang on which came first
     */
    public static void run(Pass... passes) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(passes.length, SideBySide::thread);
        try {
            List<Future<?>> begun = new ArrayList<>();
            for (Pass pass : passes) {
                Callable<Void> call = () -> {
                    pass.run();
                    return null;
                };
                begun.add(threads.submit(call));
            }
            await(begun);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "pass over the files");
        thread.setDaemon(true);
        return thread;
    }

    private static void await(List<Future<?>> begun) throws IOException {
        Throwable failure = null;
        for (Future<?> pass : begun) {
            try {
                pass.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the files were read");
            }
        }
        rethrow(failure);
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException unreadable) {
            throw unreadable;
        } else if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        } else if (failure instanceof Error error) {
            throw error;
        }
    }
}
