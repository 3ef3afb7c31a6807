package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What values open positions: the newest MARK of an instrument, else its last trade. */
public final class MarkQuery {
    /** Price, time and origin of an instrument's mark, if it has one; bound to the run twice. */
    static final String MARK_OF_NAMED = """
            (SELECT price, timestamp, 'MARK' AS origin, 1 AS preference
             FROM marks WHERE run_id = ? AND instrument = named.instrument
             ORDER BY sequence DESC LIMIT 1)
            UNION ALL
            (SELECT price, timestamp, 'TRADE', 2
             FROM trades WHERE run_id = ? AND instrument = named.instrument
             ORDER BY trade_no DESC LIMIT 1)
            ORDER BY preference LIMIT 1""";

    /** The price alone, from where a run that goes on keeps it, else looked up; bound to the run three times. */
    static final String PRICE_OF_NAMED = """
            SELECT coalesce(
                (SELECT mark_price FROM run_written
                 WHERE run_id = ? AND instrument = named.instrument AND source = 0),
                (SELECT price FROM marks WHERE run_id = ? AND instrument = named.instrument
                 ORDER BY sequence DESC LIMIT 1),
                (SELECT price FROM trades WHERE run_id = ? AND instrument = named.instrument
                 ORDER BY trade_no DESC LIMIT 1)) AS price""";

    private static final String OF_NAMED_SQL = """
            SELECT named.instrument, mark.price, mark.timestamp, mark.origin
            FROM (SELECT DISTINCT unnest(?::text[]) COLLATE "C" AS instrument) named
            CROSS JOIN LATERAL (%s) mark
            ORDER BY named.instrument
            """.formatted(MARK_OF_NAMED);

    private static final String KNOWN_SQL = """
            SELECT instrument FROM instruments WHERE run_id = ?
            UNION
            SELECT instrument FROM run_written WHERE run_id = ? AND instrument <> ''
            UNION
            SELECT instrument FROM positions WHERE run_id = ?
            """;

    private MarkQuery() {}

    /**
     * The marks of instruments, by instrument; those without a price are left out.
     *
     * @param instruments empty: all that the run knows of
     */
    public static List<StoredMark> list(Connection connection, String runId, List<String> instruments)
            throws SQLException {
        List<String> named = instruments.isEmpty() ? known(connection, runId) : instruments;
        return Answer.list(connection, OF_NAMED_SQL, MarkQuery::read, named, runId, runId);
    }

    private static List<String> known(Connection connection, String runId) throws SQLException {
        return Answer.list(connection, KNOWN_SQL, row -> row.getString("instrument"), runId, runId, runId);
    }

    public static Optional<StoredMark> find(Connection connection, String runId, String instrument)
            throws SQLException {
        return list(connection, runId, List.of(instrument)).stream().findFirst();
    }

    private static StoredMark read(ResultSet row) throws SQLException {
        return new StoredMark(
                row.getString("instrument"),
                Columns.decimal(row, "price"),
                Columns.time(row, "timestamp"),
                row.getString("origin"));
    }
}
