package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which runs there are, and what came of them. */
public final class RunQuery {
    private static final String NEWEST_SQL = """
            SELECT run_id FROM runs
            ORDER BY run_id = 'live' AND mode = 'live' DESC, started_at DESC, run_id DESC
            LIMIT 1
            """;

    private static final String COLUMNS = """
            run_id, mode, version, state, started_at, ended_at, failure, hash, input_rows, accepted, rejected,
            duplicate, trades, first_timestamp, last_timestamp""";

    private static final String LIST_SQL = """
            SELECT %s FROM runs ORDER BY started_at DESC, run_id DESC LIMIT ?
            """.formatted(COLUMNS);

    private static final String LIST_AFTER_SQL = """
            SELECT %s FROM runs WHERE (started_at, run_id) < (?, ?) ORDER BY started_at DESC, run_id DESC LIMIT ?
            """.formatted(COLUMNS);

    private static final String FIND_SQL = """
            SELECT %s FROM runs WHERE run_id = ?
            """.formatted(COLUMNS);

    private static final String SUMMARY_SQL = """
            SELECT summary FROM runs WHERE run_id = ? AND summary IS NOT NULL
            """;

    private RunQuery() {}

    /** The run that is meant where none is named: the live run called {@code live}, else the one that started last. */
    public static Optional<String> newest(Connection connection) throws SQLException {
        return Answer.first(connection, NEWEST_SQL, row -> row.getString("run_id"));
    }

    /** All runs, the one that started last first. */
    public static Page<StoredRun> list(Connection connection, @Nullable Place after, int limit) throws SQLException {
        return after == null
                ? Answer.page(connection, LIST_SQL, RunQuery::read, RunQuery::place, limit)
                : Answer.page(
                        connection,
                        LIST_AFTER_SQL,
                        RunQuery::read,
                        RunQuery::place,
                        limit,
                        after.major(),
                        after.text());
    }

    public static Optional<StoredRun> find(Connection connection, String runId) throws SQLException {
        return Answer.first(connection, FIND_SQL, RunQuery::read, runId);
    }

    /** The text of {@code run.json}, as it was written; empty until the run is finished. */
    public static Optional<String> summary(Connection connection, String runId) throws SQLException {
        return Answer.first(connection, SUMMARY_SQL, row -> row.getString("summary"), runId);
    }

    private static Place place(StoredRun run) {
        return new Place(Columns.nanos(run.startedAt()), run.runId(), 0);
    }

    private static StoredRun read(ResultSet row) throws SQLException {
        return new StoredRun(
                row.getString("run_id"),
                row.getString("mode"),
                row.getString("version"),
                row.getString("state"),
                Columns.time(row, "started_at"),
                Columns.timeOrNull(row, "ended_at"),
                row.getString("failure"),
                row.getString("hash"),
                Columns.numberOrNull(row, "input_rows"),
                Columns.numberOrNull(row, "accepted"),
                Columns.numberOrNull(row, "rejected"),
                Columns.numberOrNull(row, "duplicate"),
                Columns.numberOrNull(row, "trades"),
                Columns.timeOrNull(row, "first_timestamp"),
                Columns.timeOrNull(row, "last_timestamp"));
    }
}
