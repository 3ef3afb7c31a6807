package io.crossbook.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Table {@code run_progress}: up to which command of each instrument everything of a run is stored. */
public final class RunProgressTable implements StateTable<RunProgressTable.Progress> {
    /** Moves an instrument forward, never back; for {@link #bind}. */
    public static final String UPSERT_SQL = """
            INSERT INTO run_progress (run_id, instrument, sequence, trade_no, checkpoint_id)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (run_id, instrument) DO UPDATE SET
                sequence = excluded.sequence, trade_no = excluded.trade_no, checkpoint_id = excluded.checkpoint_id
            WHERE run_progress.sequence <= excluded.sequence
            """;

    private static final String FIND_SQL = """
            SELECT * FROM run_progress WHERE run_id = ? AND instrument = ?
            """;

    private static final String FIND_ALL_SQL = """
            SELECT * FROM run_progress WHERE run_id = ?
            """;

    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, instrument) DO UPDATE SET
                sequence = excluded.sequence, trade_no = excluded.trade_no, checkpoint_id = excluded.checkpoint_id
            WHERE stored.sequence <= excluded.sequence
            """;

    RunProgressTable() {}

    /**
     * How far an instrument is.
     *
     * @param sequence the last command that is covered
     * @param tradeNo the last trade that is covered, 0 before the first
     * @param checkpointId the checkpoint that covers it
     */
    public record Progress(String instrument, long sequence, long tradeNo, long checkpointId) {}

    public static void bind(PreparedStatement statement, String runId, Progress progress) throws SQLException {
        statement.setString(1, runId);
        statement.setString(2, progress.instrument());
        statement.setLong(3, progress.sequence());
        statement.setLong(4, progress.tradeNo());
        statement.setLong(5, progress.checkpointId());
    }

    public static void write(Connection connection, String runId, Collection<Progress> progress) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_SQL)) {
            for (Progress instrument : progress) {
                bind(upsert, runId, instrument);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    public static Optional<Progress> find(Connection connection, String runId, String instrument) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND_SQL)) {
            select.setString(1, runId);
            select.setString(2, instrument);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    static List<Progress> findAll(Connection connection, String runId) throws SQLException {
        List<Progress> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FIND_ALL_SQL)) {
            select.setString(1, runId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
        }
        return found;
    }

    @Override
    public String name() {
        return "run_progress";
    }

    @Override
    public String columns() {
        return "instrument, sequence, trade_no, checkpoint_id";
    }

    @Override
    public String key() {
        return "instrument";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    @Override
    public void write(Progress progress, CopyBuffer out) {
        out.text(progress.instrument())
                .number(progress.sequence())
                .number(progress.tradeNo())
                .number(progress.checkpointId())
                .endRow();
    }

    private static Progress read(ResultSet row) throws SQLException {
        return new Progress(
                row.getString("instrument"),
                row.getLong("sequence"),
                row.getLong("trade_no"),
                row.getLong("checkpoint_id"));
    }
}
