package io.crossbook.store.clearing;

import io.crossbook.store.Columns;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Table {@code clearing_runs}: opens a clearing, follows it, and makes it official. */
public final class ClearingRunTable {
    private static final String INSERT_SQL = """
            INSERT INTO clearing_runs (run_id, business_date, run_no, state, what_if, reason, inputs, previous_no,
                                       supersedes_no, started_at, heartbeat_at)
            SELECT ?, ?, coalesce(max(run_no), 0) + 1, 'RUNNING', ?, ?, ?::json, ?, ?, ?, ?
            FROM clearing_runs
            WHERE run_id = ? AND business_date = ? AND what_if = ?
            RETURNING *
            """;

    private static final String FIND_SQL = "SELECT * FROM clearing_runs WHERE clearing_no = ?";

    private static final String LIST_SQL = """
            SELECT * FROM clearing_runs WHERE run_id = ? ORDER BY business_date, clearing_no
            """;

    private static final String OFFICIAL_SQL = """
            SELECT * FROM clearing_runs WHERE run_id = ? AND official ORDER BY business_date
            """;

    private static final String RUNNING_SQL = """
            SELECT * FROM clearing_runs WHERE state = 'RUNNING' AND (?::text IS NULL OR run_id = ?) ORDER BY clearing_no
            """;

    private static final String CLEARED_ON_SQL = """
            SELECT run_id FROM clearing_runs WHERE official AND business_date = ?
            ORDER BY run_id = 'live' DESC, clearing_no DESC LIMIT 1
            """;

    private static final String CHAINS_SQL = """
            SELECT run_id FROM clearing_runs GROUP BY run_id ORDER BY max(clearing_no) DESC
            """;

    private static final String HEARTBEAT_SQL = """
            UPDATE clearing_runs SET heartbeat_at = ? WHERE clearing_no = ?
            """;

    private static final String STEP_SQL = """
            UPDATE clearing_runs SET step = ?, heartbeat_at = ? WHERE clearing_no = ?
            """;

    private static final String FAIL_SQL = """
            UPDATE clearing_runs SET state = 'FAILED', failure = ?, ended_at = ? WHERE clearing_no = ?
            """;

    private static final String COMPLETE_SQL = """
            UPDATE clearing_runs SET state = 'COMPLETED', hash = ?, summary = ?::json, failure = NULL, ended_at = ?
            WHERE clearing_no = ?
            """;

    /** Makes one official, and the one that was so no longer, at once; what was cleared behind it is stale from then on. */
    private static final String PUBLISH_SQL = """
            UPDATE clearing_runs other
            SET official = CASE WHEN other.business_date = this.business_date
                                THEN other.clearing_no = this.clearing_no ELSE other.official END,
                stale = CASE WHEN other.business_date = this.business_date THEN false ELSE true END
            FROM clearing_runs this
            WHERE this.clearing_no = ? AND other.run_id = this.run_id AND NOT this.what_if
              AND (other.clearing_no = this.clearing_no OR other.official AND other.business_date >= this.business_date)
            """;

    /** A lock of the session, so that it goes with the process however that ends. */
    private static final String LOCK_SQL = """
            SELECT pg_try_advisory_lock(hashtextextended('clearing of ' || ?, 0))
            """;

    private static final String NEWEST_FIRST_SQL = """
            SELECT * FROM clearing_runs
            WHERE (?::text IS NULL OR run_id = ?) AND clearing_no < ?
            ORDER BY clearing_no DESC LIMIT ?
            """;

    private static final String OFFICIAL_ON_SQL = """
            SELECT * FROM clearing_runs
            WHERE official AND business_date = ? AND (?::text IS NULL OR run_id = ?)
            ORDER BY run_id = 'live' DESC, clearing_no DESC LIMIT 1
            """;

    private static final String NUMBERED_SQL = """
            SELECT * FROM clearing_runs WHERE run_id = ? AND business_date = ? AND run_no = ? AND what_if = ?
            """;

    private static final String LOCKED_SQL = """
            SELECT true
            FROM pg_locks l, hashtextextended('clearing of ' || ?, 0) key
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = key >> 32 & 4294967295 AND l.objid::bigint = key & 4294967295
            """;

    private ClearingRunTable() {}

    /**
     * A clearing that begins.
     *
     * @param startedAt nanoseconds since 1970 UTC
     */
    public record NewClearing(
            String runId,
            LocalDate businessDate,
            boolean whatIf,
            @Nullable String reason,
            String inputs,
            @Nullable Long previousNo,
            @Nullable Long supersedesNo,
            long startedAt) {}

    /**
     * Takes the chain of a trading run for this session.
     *
     * @return whether nobody else has it
     */
    public static boolean tryLock(Connection connection, String runId) throws SQLException {
        return Statements.first(connection, LOCK_SQL, row -> row.getBoolean(1), runId)
                .orElseThrow();
    }

    /** Whether somebody has the chain of a trading run; asks without taking it. */
    public static boolean isLocked(Connection connection, String runId) throws SQLException {
        return Statements.first(connection, LOCKED_SQL, row -> true, runId).isPresent();
    }

    /** Opens a clearing; a date of a chain has one that is running. */
    public static ClearingRun insert(Connection connection, NewClearing run) throws SQLException {
        return Statements.first(
                        connection,
                        INSERT_SQL,
                        ClearingRunTable::read,
                        run.runId(),
                        run.businessDate(),
                        run.whatIf(),
                        Statements.orNull(run.reason(), Types.VARCHAR),
                        run.inputs(),
                        Statements.orNull(run.previousNo(), Types.BIGINT),
                        Statements.orNull(run.supersedesNo(), Types.BIGINT),
                        run.startedAt(),
                        run.startedAt(),
                        run.runId(),
                        run.businessDate(),
                        run.whatIf())
                .orElseThrow();
    }

    public static Optional<ClearingRun> find(Connection connection, long clearingNo) throws SQLException {
        return Statements.first(connection, FIND_SQL, ClearingRunTable::read, clearingNo);
    }

    /** The clearing of a date by its number, those that were tried out having numbers of their own. */
    public static Optional<ClearingRun> find(
            Connection connection, String runId, LocalDate date, int runNo, boolean whatIf) throws SQLException {
        return Statements.first(connection, NUMBERED_SQL, ClearingRunTable::read, runId, date, runNo, whatIf);
    }

    /** All clearings of a chain, by date and then as they began. */
    public static List<ClearingRun> ofChain(Connection connection, String runId) throws SQLException {
        return Statements.list(connection, LIST_SQL, ClearingRunTable::read, runId);
    }

    /** The official clearing of each date of a chain. */
    public static List<ClearingRun> official(Connection connection, String runId) throws SQLException {
        return Statements.list(connection, OFFICIAL_SQL, ClearingRunTable::read, runId);
    }

    /** Those that are running or were cut off, of one chain or, without a run, of all. */
    public static List<ClearingRun> running(Connection connection, @Nullable String runId) throws SQLException {
        Object chain = Statements.orNull(runId, Types.VARCHAR);
        return Statements.list(connection, RUNNING_SQL, ClearingRunTable::read, chain, chain);
    }

    /**
     * Clearings as they began, the newest first.
     *
     * @param runId {@code null} for those of all trading runs
     * @param before only those with a smaller number
     */
    public static List<ClearingRun> newestFirst(Connection connection, @Nullable String runId, long before, int limit)
            throws SQLException {
        Object chain = Statements.orNull(runId, Types.VARCHAR);
        return Statements.list(connection, NEWEST_FIRST_SQL, ClearingRunTable::read, chain, chain, before, limit);
    }

    /**
     * The official clearing of a date.
     *
     * @param runId {@code null} for that of {@code live}, else the newest of any trading run
     */
    public static Optional<ClearingRun> officialOn(Connection connection, LocalDate date, @Nullable String runId)
            throws SQLException {
        Object chain = Statements.orNull(runId, Types.VARCHAR);
        return Statements.first(connection, OFFICIAL_ON_SQL, ClearingRunTable::read, date, chain, chain);
    }

    /** The trading run that has an official clearing of a date: {@code live}, else the one that was cleared last. */
    public static Optional<String> clearedOn(Connection connection, LocalDate date) throws SQLException {
        return Statements.first(connection, CLEARED_ON_SQL, row -> row.getString("run_id"), date);
    }

    /** The trading runs that have clearings, the newest first. */
    public static List<String> chains(Connection connection) throws SQLException {
        return Statements.list(connection, CHAINS_SQL, row -> row.getString("run_id"));
    }

    public static void heartbeat(Connection connection, long clearingNo, long now) throws SQLException {
        Statements.update(connection, HEARTBEAT_SQL, now, clearingNo);
    }

    public static void beginStep(Connection connection, long clearingNo, String step, long now) throws SQLException {
        Statements.update(connection, STEP_SQL, step, now, clearingNo);
    }

    public static void fail(Connection connection, long clearingNo, String failure, long endedAt) throws SQLException {
        Statements.update(connection, FAIL_SQL, failure, endedAt, clearingNo);
    }

    public static void complete(Connection connection, long clearingNo, String hash, String summary, long endedAt)
            throws SQLException {
        Statements.update(connection, COMPLETE_SQL, hash, summary, endedAt, clearingNo);
    }

    /** Makes a clearing the official one of its date; twice is harmless. */
    public static void publish(Connection connection, long clearingNo) throws SQLException {
        Statements.update(connection, PUBLISH_SQL, clearingNo);
    }

    private static ClearingRun read(ResultSet row) throws SQLException {
        return new ClearingRun(
                row.getLong("clearing_no"),
                row.getString("run_id"),
                row.getObject("business_date", LocalDate.class),
                row.getInt("run_no"),
                ClearingRun.State.valueOf(row.getString("state")),
                row.getBoolean("what_if"),
                row.getBoolean("official"),
                row.getBoolean("stale"),
                row.getString("reason"),
                row.getString("inputs"),
                Columns.numberOrNull(row, "previous_no"),
                Columns.numberOrNull(row, "supersedes_no"),
                row.getString("step"),
                row.getLong("started_at"),
                row.getLong("heartbeat_at"),
                Columns.numberOrNull(row, "ended_at"),
                row.getString("failure"),
                row.getString("hash"),
                row.getString("summary"));
    }
}
