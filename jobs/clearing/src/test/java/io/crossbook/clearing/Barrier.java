package io.crossbook.clearing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A lock in the database that a clearing comes to stand at, until it is closed. */
final class Barrier implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_NANOS = 10_000_000;

    private final Connection holder;

    private Barrier(Connection holder) {
        this.holder = holder;
    }

    /** @param lock a statement that takes it until the end of its transaction */
    static Barrier at(ClearingDatabase database, String lock) throws SQLException {
        Connection holder = database.connect();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute(lock);
        }
        return new Barrier(holder);
    }

    /** Waits until the process stands at it. */
    void awaitVictim(Process process) throws SQLException {
        await(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))",
                "the clearing stands at the barrier",
                process);
    }

    /** Kills a process by SIGKILL and waits until the server has noticed, so that nothing of it goes on behind its death. */
    void kill(Process process) throws SQLException, InterruptedException {
        process.destroyForcibly().waitFor();
        await("""
                SELECT count(*) = 0 FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'crossbook clearing'""", "the server has given up what was killed", null);
    }

    private void await(String question, String what, Process alive) throws SQLException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isTrue(question)) {
            if (alive != null && !alive.isAlive()) {
                throw new AssertionError("it ended with " + alive.exitValue() + " before " + what);
            }
            if (System.nanoTime() > giveUpAt) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isTrue(String question) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            // Within a transaction the server would answer the same for ever.
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (ResultSet answer = statement.executeQuery(question)) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        holder.rollback();
        holder.close();
    }
}
