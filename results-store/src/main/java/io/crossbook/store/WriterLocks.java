package io.crossbook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Locks of the database that say who writes to a run. The server holds them as long as it works for a connection, also
 * when the process behind it is dead: whoever gets them knows that nothing of a predecessor comes any more.
 */
final class WriterLocks {
    private static final String LOCK_TIMED_OUT = "55P03";
    private static final String PATIENCE = "60s";

    private WriterLocks() {}

    /** Takes the place of one writer of a run until the connection ends. */
    static void takePlace(Connection connection, String runId, int runNo, int place) throws SQLException {
        await(
                connection,
                runId,
                "SELECT pg_advisory_lock(" + runNo + ", " + place + "), pg_advisory_lock_shared(" + runNo + ")");
    }

    /** Waits, within a transaction, until no connection writes to a run. */
    static void awaitNobody(Connection connection, String runId, int runNo) throws SQLException {
        await(connection, runId, "SELECT pg_advisory_xact_lock(" + runNo + ")");
    }

    /** Waits, within a transaction, until nobody clears a run; nobody begins to until it ends. */
    static void awaitNobodyClears(Connection connection, String runId) throws SQLException {
        await(
                connection,
                runId,
                "SELECT pg_advisory_xact_lock(hashtextextended('clearing of " + runId.replace("'", "''") + "', 0))");
    }

    private static void await(Connection connection, String runId, String lock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + PATIENCE + "'");
            statement.execute(lock);
            statement.execute("RESET lock_timeout");
        } catch (SQLException failed) {
            if (LOCK_TIMED_OUT.equals(failed.getSQLState())) {
                throw new SQLException(
                        "Run \"" + runId + "\" is still being written or cleared by another process after " + PATIENCE
                                + "; end that process first",
                        failed.getSQLState(),
                        failed);
            }
            throw failed;
        }
    }
}
