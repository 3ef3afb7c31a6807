package io.crossbook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Sends full buffers to the server on a thread of its own, so that whoever fills them goes on meanwhile.
 *
 * <p>What is sent between two commits is one transaction. There are some buffers to fill while others are on their way; when
 * all are, {@link #exchange} waits. After a failure nothing more is sent, and every call tells it. All
 * calls come from one thread.
 */
final class CopySender implements AutoCloseable {
    /** A buffer takes milliseconds; a server that needs longer does not answer at all. */
    private static final int SECONDS_TO_END = 5;

    /** A commit costs much by itself: a busy server gets more rows with each, and time for others. */
    private static final int REST = 2;

    private final Connection connection;
    private final String runId;
    private final int runNo;
    private final ExecutorService thread;
    private final BlockingQueue<CopyBuffer> spares;
    private final Set<StateTable<?>> staged = new LinkedHashSet<>();
    private Future<?> newestCommit = CompletableFuture.completedFuture(null);
    private volatile long restedAt = System.nanoTime();
    private volatile @Nullable SQLException failure;
    private volatile boolean closed;

    /** A part of the sending; the table says in an error what was written. */
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * Makes a sender whose thread starts with the first buffer.
     *
     * @param connection without auto-commit; used by the sender alone until it is closed, except between a commit and the
     *     next buffer
     * @param place number of the writer among those of the run; names the thread
     * @param spareBuffers how many buffers there are to fill while others are on their way
     */
    CopySender(Connection connection, String runId, int runNo, int place, int spareBuffers) {
        this.connection = connection;
        this.runId = runId;
        this.runNo = runNo;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "To Postgres " + place);
            made.setDaemon(true);
            return made;
        });
        // One more: a buffer can be back before the one that is exchanged for it is taken.
        spares = new ArrayBlockingQueue<>(spareBuffers + 1);
        for (int i = 0; i < spareBuffers; i++) {
            spares.add(new CopyBuffer());
        }
    }

    /**
     * Takes over the rows of a buffer for a table and returns an empty buffer.
     *
     * @throws SQLException if the server refused this or an earlier buffer, or this thread was interrupted
     */
    CopyBuffer exchange(CopyTable<?> table, CopyBuffer full) throws SQLException {
        throwFailure();
        thread.execute(() -> {
            attempt(table.name(), () -> send(table, full));
            full.clear();
            // Never refused: each buffer that comes in stands for one that went out.
            spares.add(full);
        });
        try {
            return spares.take();
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private void send(CopyTable<?> table, CopyBuffer rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyInto(runNo));
        try {
            rows.sendTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        if (table instanceof StateTable<?> state) {
            staged.add(state);
        }
    }

    /** Waits until all that was sent is in its table and committed. */
    void commit() throws SQLException {
        try {
            commitSoon().get();
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        } catch (ExecutionException refused) {
            throwFailure();
            throw new IllegalStateException("Run \"" + runId + "\": a commit broke off", refused.getCause());
        }
    }

    /**
     * Has all that was sent so far committed, without waiting for it.
     *
     * @return done once that is so; fails with what the server refused
     */
    Future<?> commitSoon() throws SQLException {
        throwFailure();
        long began = System.nanoTime();
        newestCommit = thread.submit(() -> {
            for (StateTable<?> table : staged) {
                attempt(table.name(), () -> table.mergeStage(connection, runId, runNo));
            }
            staged.clear();
            attempt("the run", connection::commit);
            long ended = System.nanoTime();
            restedAt = ended + REST * (ended - began);
            throwFailure();
            if (closed) {
                throw new SQLException("Run \"" + runId + "\": closed before its rows were committed");
            }
            return null;
        });
        return newestCommit;
    }

    /** Whether nothing is on its way, and has not been for {@value #REST} times as long as the last commit took. */
    boolean isRested() {
        return newestCommit.isDone() && System.nanoTime() - restedAt >= 0;
    }

    private void attempt(String table, Step step) {
        if (failure != null || closed) {
            return;
        }
        try {
            step.run();
        } catch (SQLException refused) {
            failure = rolledBack("writing to " + table, refused);
        } catch (RuntimeException | Error unexpected) {
            failure = rolledBack("writing to " + table, new SQLException(unexpected.toString(), unexpected));
        }
    }

    /** Rolls back, and says of which run and at what that happened. */
    SQLException rolledBack(String doing, SQLException failed) {
        SQLException told = new SQLException(
                "Run \"" + runId + "\": " + doing + " failed: " + failed.getMessage(), failed.getSQLState(), failed);
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            told.addSuppressed(alsoFailed);
        }
        return told;
    }

    private void throwFailure() throws SQLException {
        SQLException failed = failure;
        if (failed != null) {
            // A new one for each call, since callers may add to what they catch.
            throw new SQLException(failed.getMessage(), failed.getSQLState(), failed.getCause());
        }
    }

    private SQLException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new SQLException("Run \"" + runId + "\": interrupted while rows were on their way", stopped);
    }

    /**
     * Ends thread and connection; what is not committed is dropped. A server that does not answer is left without a
     * farewell.
     */
    @Override
    public void close() throws SQLException {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                connection.abort(Runnable::run);
            }
        } catch (InterruptedException stopped) {
            connection.abort(Runnable::run);
            Thread.currentThread().interrupt();
        }
        try {
            connection.close();
        } catch (SQLException unclosed) {
            // What broke before was told; that a broken connection takes no farewell adds nothing.
            if (failure == null) {
                throw unclosed;
            }
        }
    }
}
