package io.crossbook.store.queries;

import io.crossbook.store.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Open lots of a client, which his next sale or purchase closes from the front. */
public final class LotQuery {
    private static final String LIST_SQL = """
            SELECT client_id, instrument, lot_no, trade_id, side, quantity, price, opened_at
            FROM lots WHERE %s ORDER BY instrument, lot_no LIMIT ?
            """;

    private LotQuery() {}

    /**
     * Lots by instrument, the oldest first.
     *
     * @param instruments empty: all
     */
    public static Page<StoredLot> list(
            Connection connection,
            String runId,
            String clientId,
            List<String> instruments,
            @Nullable Place after,
            int limit)
            throws SQLException {
        Conditions wanted =
                Conditions.ofRun(runId).and("client_id = ?", clientId).andAnyOf("instrument", instruments);
        if (after != null) {
            wanted.and("(instrument, lot_no) > (?, ?)", after.text(), after.major());
        }
        return Answer.page(
                connection,
                LIST_SQL.formatted(wanted.text()),
                LotQuery::read,
                lot -> new Place(lot.lotNo(), lot.instrument(), 0),
                limit,
                wanted);
    }

    private static StoredLot read(ResultSet row) throws SQLException {
        return new StoredLot(
                row.getString("client_id"),
                row.getString("instrument"),
                row.getLong("lot_no"),
                row.getString("trade_id"),
                row.getString("side"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "price"),
                Columns.time(row, "opened_at"));
    }
}
