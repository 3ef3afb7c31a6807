package io.crossbook.store;

import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code runs}: opens a run with its partitions, closes it, drops it. Each call is one transaction of its own. */
public final class RunTable {
    private static final String INSERT_SQL = """
            INSERT INTO runs (run_id, mode, version, config, keeps_executions, state, started_at)
            VALUES (?, ?, ?, ?::jsonb, ?, 'RUNNING', ?)
            ON CONFLICT (run_id) DO NOTHING
            RETURNING run_no, quote_literal(run_id) AS quoted
            """;

    private static final String FIND_SQL = """
            SELECT * FROM runs WHERE run_id = ?
            """;

    private static final String RESUME_SQL = """
            UPDATE runs SET state = 'RUNNING', ended_at = NULL, failure = NULL WHERE run_id = ?
            """;

    private static final String FAIL_SQL = """
            UPDATE runs SET state = 'FAILED', failure = ?, ended_at = ? WHERE run_id = ?
            """;

    private static final String FINISH_SQL = """
            UPDATE runs
            SET state = 'FINISHED', failure = NULL, ended_at = ?, hash = ?, input_rows = ?, accepted = ?, rejected = ?,
                duplicate = ?, trades = ?, first_timestamp = ?, last_timestamp = ?, summary = ?::json
            WHERE run_id = ?
            """;

    private static final List<AppendTable<?>> APPENDED = List.of(
            new TradeTable(),
            new OrderTable(),
            new ExecutionTable(),
            new FillTable(),
            new RealizedTable(),
            new MarkTable(),
            new PhaseTable(),
            new BookSnapshotTable(),
            new BookDeltaTable(),
            new PnlSnapshotTable(),
            new RejectTable());

    /** Tables that hold all runs together. */
    private static final List<String> SHARED =
            List.of("lots", "positions", "instruments", "run_progress", "run_written", "runs");

    private RunTable() {}

    /** Where a run is. */
    public enum State {
        RUNNING,
        FINISHED,
        FAILED
    }

    /**
     * A run that begins.
     *
     * @param config its settings as a JSON object
     * @param keepsExecutions whether its executions are stored
     * @param startedAt nanoseconds since 1970 UTC
     */
    public record NewRun(
            String runId, String mode, String version, String config, boolean keepsExecutions, long startedAt) {}

    /**
     * What came of a run.
     *
     * @param firstTimestamp smallest time of a command, {@code null} for an empty run
     * @param summary the text of {@code run.json}
     * @param endedAt nanoseconds since 1970 UTC
     */
    public record Outcome(
            String hash,
            long inputRows,
            long accepted,
            long rejected,
            long duplicate,
            long trades,
            @Nullable Long firstTimestamp,
            @Nullable Long lastTimestamp,
            String summary,
            long endedAt) {}

    /**
     * A run as it is stored.
     *
     * @param runNo names its partitions
     * @param hash {@code null} until it is finished
     * @param summary the text of {@code run.json}; {@code null} until it is finished
     */
    public record RunRow(
            String runId,
            int runNo,
            String mode,
            String version,
            State state,
            boolean keepsExecutions,
            long startedAt,
            @Nullable Long endedAt,
            @Nullable String failure,
            @Nullable String hash,
            @Nullable String summary) {}

    /**
     * Opens a run.
     *
     * @throws IllegalStateException if there is a run of this id
     */
    public static void insert(Connection connection, NewRun run) throws SQLException {
        inTransaction(connection, () -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_SQL);
                    Statement statement = connection.createStatement()) {
                insert.setString(1, run.runId());
                insert.setString(2, run.mode());
                insert.setString(3, run.version());
                insert.setString(4, run.config());
                insert.setBoolean(5, run.keepsExecutions());
                insert.setLong(6, run.startedAt());
                try (ResultSet inserted = insert.executeQuery()) {
                    if (!inserted.next()) {
                        throw new IllegalStateException("Run \"" + run.runId() + "\" is stored already");
                    }
                    createPartitions(statement, inserted.getInt("run_no"), inserted.getString("quoted"));
                }
            }
        });
    }

    private static void createPartitions(Statement statement, int runNo, String quotedRunId) throws SQLException {
        // Always in the same order: two runs that start at once wait for each other instead of locking each other out.
        for (RunPartition table : APPENDED) {
            table.createPartition(statement, runNo, quotedRunId);
        }
    }

    public static boolean exists(Connection connection, String runId) throws SQLException {
        return find(connection, runId).isPresent();
    }

    public static Optional<RunRow> find(Connection connection, String runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND_SQL)) {
            select.setString(1, runId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static RunRow read(ResultSet row) throws SQLException {
        return new RunRow(
                row.getString("run_id"),
                row.getInt("run_no"),
                row.getString("mode"),
                row.getString("version"),
                Columns.word(State.class, row, "state"),
                row.getBoolean("keeps_executions"),
                row.getLong("started_at"),
                Columns.numberOrNull(row, "ended_at"),
                row.getString("failure"),
                row.getString("hash"),
                row.getString("summary"));
    }

    /** The instruments of which a run that goes on has stored commands. */
    public static Set<String> writtenInstruments(Connection connection, String runId) throws SQLException {
        return WrittenTable.find(connection, runId).stream()
                .map(WrittenRow::instrument)
                .filter(instrument -> !instrument.isEmpty())
                .collect(Collectors.toSet());
    }

    static RunRow require(Connection connection, String runId) throws SQLException {
        return find(connection, runId)
                .orElseThrow(() -> new IllegalStateException("No run \"" + runId + "\" in the database"));
    }

    /**
     * Opens a run again, once nobody writes to it any more: the server may still be busy with the last words of a
     * process that was killed.
     *
     * @throws SQLException if somebody still writes to it after a minute
     */
    public static void resume(Connection connection, String runId) throws SQLException {
        int runNo = require(connection, runId).runNo();
        inTransaction(connection, () -> {
            WriterLocks.awaitNobody(connection, runId, runNo);
            try (PreparedStatement update = connection.prepareStatement(RESUME_SQL)) {
                update.setString(1, runId);
                update.executeUpdate();
            }
        });
    }

    /**
     * Builds the keys of a run's tables. {@link #finish} does it too; twice is harmless.
     *
     * @throws SQLException if a key is there twice: a row was written twice
     */
    public static void buildKeys(Connection connection, String runId) throws SQLException {
        int runNo = require(connection, runId).runNo();
        inTransaction(connection, () -> buildKeys(connection, runNo));
    }

    /**
     * Prepares the tables of a run that goes on, at its start: builds its keys and the indexes by which it is asked meanwhile,
     * and has the server tend them more seldom while they grow. Twice is harmless.
     */
    public static void prepareToGrow(Connection connection, String runId) throws SQLException {
        int runNo = require(connection, runId).runNo();
        inTransaction(connection, () -> {
            buildKeys(connection, runNo);
            try (Statement statement = connection.createStatement()) {
                for (AppendTable<?> table : APPENDED) {
                    table.buildIndexes(statement, runNo);
                    table.tendSeldom(statement, runNo);
                }
            }
        });
    }

    private static void buildKeys(Connection connection, int runNo) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (AppendTable<?> table : APPENDED) {
                table.buildKey(statement, runNo);
            }
        }
    }

    /** Closes a run that came to its end: builds its keys and notes what came of it. */
    public static void finish(Connection connection, String runId, Outcome outcome) throws SQLException {
        int runNo = require(connection, runId).runNo();
        inTransaction(connection, () -> {
            buildKeys(connection, runNo);
            try (PreparedStatement update = connection.prepareStatement(FINISH_SQL)) {
                update.setLong(1, outcome.endedAt());
                update.setString(2, outcome.hash());
                update.setLong(3, outcome.inputRows());
                update.setLong(4, outcome.accepted());
                update.setLong(5, outcome.rejected());
                update.setLong(6, outcome.duplicate());
                update.setLong(7, outcome.trades());
                Columns.bind(update, 8, outcome.firstTimestamp());
                Columns.bind(update, 9, outcome.lastTimestamp());
                update.setObject(10, outcome.summary(), Types.OTHER);
                update.setString(11, runId);
                update.executeUpdate();
            }
        });
    }

    /** Closes a run that did not come to its end; it can be resumed. */
    public static void fail(Connection connection, String runId, String failure, long endedAt) throws SQLException {
        inTransaction(connection, () -> {
            try (PreparedStatement update = connection.prepareStatement(FAIL_SQL)) {
                update.setString(1, failure);
                update.setLong(2, endedAt);
                update.setString(3, runId);
                update.executeUpdate();
            }
        });
    }

    /** Removes a run with all its rows and its clearings, once nobody writes to it; nothing happens if it is not there. */
    public static void drop(Connection connection, String runId) throws SQLException {
        Optional<RunRow> run = find(connection, runId);
        if (run.isEmpty()) {
            return;
        }
        int runNo = run.get().runNo();
        inTransaction(connection, () -> {
            WriterLocks.awaitNobody(connection, runId, runNo);
            WriterLocks.awaitNobodyClears(connection, runId);
        });
        // One table at a time: holding several would lock out a reader who holds them in another order. What is cut off
        // here goes on at the next call, since the run itself goes last.
        for (RunPartition table : APPENDED) {
            dropPartition(connection, table, runNo);
        }
        inTransaction(connection, () -> {
            WriterLocks.awaitNobodyClears(connection, runId);
            for (String table : SHARED) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE run_id = ?")) {
                    delete.setString(1, runId);
                    delete.executeUpdate();
                }
            }
            ClearedChain.drop(connection, runId);
        });
    }

    private static void dropPartition(Connection connection, RunPartition table, int runNo) throws SQLException {
        inTransaction(connection, () -> {
            try (Statement statement = connection.createStatement()) {
                table.dropPartition(statement, runNo);
            }
        });
    }

    private static void inTransaction(Connection connection, Work work) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException failed) {
            rollBack(connection, failed);
            throw failed;
        }
        connection.setAutoCommit(before);
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }
}
