package io.crossbook.store;

import io.crossbook.store.rows.LotRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Table {@code lots}: the open lots of each client in each instrument, as they stand now. */
final class LotTable implements StateTable<LotRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument, lot_no) DO UPDATE SET
                trade_id = excluded.trade_id, side = excluded.side, quantity = excluded.quantity,
                price = excluded.price, opened_at = excluded.opened_at, sequence = excluded.sequence
            WHERE stored.sequence <= excluded.sequence
            """;

    /** Written so that there is one way to do it: the lots of a client by their key, not all lots again for each client. */
    private static final String DELETE_CLOSED_SQL = """
            DELETE FROM lots
            WHERE ctid = ANY (ARRAY (
                SELECT closed.ctid
                FROM (
                    SELECT DISTINCT ON (client_id, instrument) client_id, instrument,
                           min(lot_no) OVER (PARTITION BY client_id, instrument, sequence) AS oldest
                    FROM lots_stage
                    ORDER BY client_id, instrument, sequence DESC) staged
                CROSS JOIN LATERAL (
                    SELECT stored.ctid
                    FROM lots stored
                    WHERE stored.run_id = ? AND stored.client_id = staged.client_id
                      AND stored.instrument = staged.instrument AND stored.lot_no < staged.oldest
                    OFFSET 0) closed))
            """;

    @Override
    public String name() {
        return "lots";
    }

    @Override
    public String columns() {
        return """
                client_id, instrument, lot_no, trade_id, side, quantity, price, opened_at, sequence""";
    }

    @Override
    public String key() {
        return "client_id, instrument, lot_no";
    }

    @Override
    public String onConflict() {
        return ON_CONFLICT;
    }

    @Override
    public String isRow() {
        return "quantity > 0";
    }

    /**
     * Also removes the lots that are closed: of a client that a command touched, the rows of that command begin with the
     * oldest open lot, or are {@link LotRow#none}.
     */
    @Override
    public void mergeStage(Connection connection, String runId, int runNo) throws SQLException {
        StateTable.super.mergeStage(connection, runId, runNo);
        try (PreparedStatement delete = connection.prepareStatement(DELETE_CLOSED_SQL)) {
            delete.setString(1, runId);
            delete.executeUpdate();
        }
    }

    @Override
    public void write(LotRow row, CopyBuffer out) {
        row.writeFileColumns(out);
        out.number(row.sequence()).endRow();
    }
}
