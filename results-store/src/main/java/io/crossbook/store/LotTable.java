package io.crossbook.store;

import io.crossbook.model.Side;
import io.crossbook.store.rows.LotRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code lots}: the open lots of each client in each instrument, as they stand now. */
public final class LotTable implements StateTable<LotRow> {
    private static final String ON_CONFLICT = """
            ON CONFLICT (run_id, client_id, instrument, lot_no) DO UPDATE SET
                trade_id = excluded.trade_id, side = excluded.side, quantity = excluded.quantity,
                price = excluded.price, opened_at = excluded.opened_at, sequence = excluded.sequence
            WHERE lots.sequence <= excluded.sequence
            """;

    /** Writes a lot over an older state of it; for {@link #bind}. An older one again changes nothing. */
    public static final String UPSERT_SQL = """
            INSERT INTO lots (run_id, client_id, instrument, lot_no, trade_id, side, quantity, price, opened_at, sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """ + ON_CONFLICT;

    LotTable() {}

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

    /** Fills the parameters of {@link #UPSERT_SQL}. */
    public static void bind(PreparedStatement statement, String runId, LotRow row) throws SQLException {
        statement.setString(1, runId);
        statement.setString(2, row.clientId());
        statement.setString(3, row.instrument());
        statement.setLong(4, row.lotNo());
        statement.setString(5, row.tradeId());
        statement.setString(6, row.side().name());
        Columns.bind(statement, 7, row.quantity());
        Columns.bind(statement, 8, row.price());
        statement.setLong(9, row.openedAt());
        statement.setLong(10, row.sequence());
    }

    @Override
    public void write(LotRow row, CopyBuffer out) {
        out.text(row.clientId())
                .text(row.instrument())
                .number(row.lotNo())
                .text(row.tradeId())
                .word(row.side())
                .decimal(row.quantity())
                .decimal(row.price())
                .number(row.openedAt())
                .number(row.sequence())
                .endRow();
    }

    @Override
    public LotRow read(ResultSet row) throws SQLException {
        return new LotRow(
                row.getString("client_id"),
                row.getString("instrument"),
                row.getLong("lot_no"),
                row.getString("trade_id"),
                Columns.word(Side.class, row, "side"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "price"),
                row.getLong("opened_at"),
                row.getLong("sequence"));
    }
}
