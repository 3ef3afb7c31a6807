package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Which trading run is meant where none is named. */
public final class TradingRuns {
    private static final String EXISTS_SQL = "SELECT true FROM runs WHERE run_id = ?";

    private static final String NEWEST_SQL = """
            SELECT run_id FROM runs ORDER BY run_id = 'live' DESC, started_at DESC LIMIT 1
            """;

    private static final String TRADED_ON_SQL = """
            SELECT r.run_id
            FROM runs r
            WHERE EXISTS (SELECT FROM trades t WHERE t.run_id = r.run_id AND t.timestamp >= ? AND t.timestamp < ?)
               OR EXISTS (SELECT FROM fills f WHERE f.run_id = r.run_id AND f.timestamp >= ? AND f.timestamp < ?)
            ORDER BY r.run_id = 'live' DESC, r.started_at DESC
            LIMIT 1
            """;

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private TradingRuns() {}

    public static boolean exists(Connection connection, String runId) throws SQLException {
        return Statements.first(connection, EXISTS_SQL, row -> true, runId).isPresent();
    }

    /** The run {@code live} if there is one, else the newest. */
    public static Optional<String> newest(Connection connection) throws SQLException {
        return Statements.first(connection, NEWEST_SQL, row -> row.getString(1));
    }

    /** The run {@code live} if it has trades on a UTC date, else the newest that has. */
    public static Optional<String> tradedOn(Connection connection, LocalDate date) throws SQLException {
        long start = date.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * (NANOS_PER_DAY / 86_400);
        long end = start + NANOS_PER_DAY;
        return Statements.first(connection, TRADED_ON_SQL, row -> row.getString(1), start, end, start, end);
    }
}
