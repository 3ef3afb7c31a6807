package io.crossbook.store.queries;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How far a run that goes on is stored. */
public final class WrittenQuery {
    private static final String STORED_SQL = """
            SELECT instrument, sequence FROM run_written WHERE run_id = ? AND instrument <> ''
            """;

    private record Written(String instrument, long sequence) {}

    private WrittenQuery() {}

    /**
     * By instrument the last command whose rows are stored, all of them; {@code Long.MAX_VALUE} once the end of the run is
     * stored too.
     */
    public static Map<String, Long> stored(Connection connection, String runId) throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        for (Written written : Answer.list(
                connection,
                STORED_SQL,
                row -> new Written(row.getString("instrument"), row.getLong("sequence")),
                runId)) {
            stored.put(written.instrument(), written.sequence());
        }
        return stored;
    }
}
