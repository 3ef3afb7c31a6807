package io.crossbook.store;

import io.crossbook.store.rows.WrittenRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Table {@code run_written}: what a run that goes on has stored, in the transaction of the rows themselves. */
final class WrittenTable implements StateTable<WrittenRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, instrument, source) DO UPDATE SET
                sequence = excluded.sequence, mark_price = excluded.mark_price, mark_origin = excluded.mark_origin
            WHERE stored.sequence <= excluded.sequence
            """;

    private static final String FIND_SQL = """
            SELECT instrument, source, sequence, mark_price, mark_origin FROM run_written WHERE run_id = ?
            """;

    static List<WrittenRow> find(Connection connection, String runId) throws SQLException {
        List<WrittenRow> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FIND_SQL)) {
            select.setString(1, runId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new WrittenRow(
                            rows.getString("instrument"),
                            rows.getInt("source"),
                            rows.getLong("sequence"),
                            Columns.decimalOrNull(rows, "mark_price"),
                            rows.getString("mark_origin")));
                }
            }
        }
        return found;
    }

    @Override
    public String name() {
        return "run_written";
    }

    @Override
    public String columns() {
        return "instrument, source, sequence, mark_price, mark_origin";
    }

    @Override
    public String key() {
        return "instrument, source";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    @Override
    public void write(WrittenRow row, CopyBuffer out) {
        out.text(row.instrument())
                .number(row.source())
                .number(row.sequence())
                .decimal(row.markPrice())
                .text(row.markOrigin())
                .endRow();
    }
}
