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

/** Table {@code trade_corrections}: busts and corrections of a trading run's trades, each with its version. */
public final class TradeCorrectionTable {
    private static final String FIND_TRADE_SQL = """
            SELECT instrument, sequence, trade_no FROM trades WHERE run_id = ? AND instrument = ? AND trade_no = ?
            """;

    private static final String FIND_FILLS_SQL = """
            SELECT instrument, sequence, 0 AS trade_no FROM fills WHERE run_id = ? AND trade_id = ? LIMIT 2
            """;

    private static final String FIND_SQL = """
            SELECT * FROM corrections_in_force(?) WHERE trade_id = ? AND version = ? LIMIT 1
            """;

    private static final String INSERT_SQL = """
            INSERT INTO trade_corrections (run_id, trade_id, version, instrument, sequence, trade_no, action, price, quantity,
                                           reason, clearing_no)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run_id, trade_id, version, clearing_no) DO NOTHING
            """;

    private static final String TAKE_SQL = """
            INSERT INTO clearing_corrections (clearing_no, trade_id, version, brought_by)
            SELECT ?, trade_id, version, clearing_no FROM corrections_in_force(?)
            """;

    private static final String FORGET_SQL = "DELETE FROM clearing_corrections WHERE clearing_no = ?";

    /** The official clearing that took a command. */
    private static final String CLEARED_ON_SQL = """
            SELECT r.business_date
            FROM clearing_runs r JOIN clearing_instruments i USING (clearing_no)
            WHERE r.run_id = ? AND r.official AND i.instrument = ? AND ? BETWEEN i.from_sequence AND i.to_sequence
            """;

    private static final String TAKES_SQL = """
            SELECT true FROM clearing_instruments
            WHERE clearing_no = ? AND instrument = ? AND ? BETWEEN from_sequence AND to_sequence
            """;

    private TradeCorrectionTable() {}

    /**
     * Where a trade is in its run.
     *
     * @param tradeNo 0 for a fill
     */
    public record Place(String instrument, long sequence, long tradeNo) {}

    /**
     * The trades of an id: none, one, or, if several members have a fill of that id, two of them.
     *
     * @param instrument that the id would name, with {@code tradeNo}, if it is that of a match
     */
    public static List<Place> find(Connection connection, String runId, String tradeId) throws SQLException {
        int dash = tradeId.lastIndexOf('-');
        if (dash > 0 && tradeId.substring(dash + 1).matches("[1-9][0-9]{0,17}")) {
            Optional<Place> trade = Statements.first(
                    connection,
                    FIND_TRADE_SQL,
                    TradeCorrectionTable::place,
                    runId,
                    tradeId.substring(0, dash),
                    Long.parseLong(tradeId.substring(dash + 1)));
            if (trade.isPresent()) {
                return List.of(trade.get());
            }
        }
        return Statements.list(connection, FIND_FILLS_SQL, TradeCorrectionTable::place, runId, tradeId);
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getString("instrument"), row.getLong("sequence"), row.getLong("trade_no"));
    }

    /** The correction of this trade and version that is in force for a clearing, if there is one. */
    public static Optional<TradeCorrection> find(Connection connection, long clearingNo, String tradeId, int version)
            throws SQLException {
        return Statements.first(
                connection,
                FIND_SQL,
                row -> new TradeCorrection(
                        row.getString("trade_id"),
                        row.getInt("version"),
                        TradeCorrection.Action.valueOf(row.getString("action")),
                        Columns.decimalOrNull(row, "price"),
                        Columns.decimalOrNull(row, "quantity"),
                        row.getString("reason")),
                clearingNo,
                tradeId,
                version);
    }

    /** Adds it; one that is there already stays. */
    public static void insert(Connection connection, ClearingRun run, TradeCorrection correction, Place place)
            throws SQLException {
        Statements.update(
                connection,
                INSERT_SQL,
                run.runId(),
                correction.tradeId(),
                correction.version(),
                place.instrument(),
                place.sequence(),
                place.tradeNo(),
                correction.action().name(),
                Statements.orNull(correction.price(), Types.NUMERIC),
                Statements.orNull(correction.quantity(), Types.NUMERIC),
                correction.reason(),
                run.clearingNo());
    }

    /** Settles which corrections count in a clearing: its own, and those in force now; made again, it settles them anew. */
    public static void take(Connection connection, long clearingNo) throws SQLException {
        Statements.update(connection, FORGET_SQL, clearingNo);
        Statements.update(connection, TAKE_SQL, clearingNo, clearingNo);
    }

    /** The date whose official clearing took a command. */
    public static Optional<LocalDate> clearedOn(Connection connection, String runId, Place place) throws SQLException {
        return Statements.first(
                connection,
                CLEARED_ON_SQL,
                row -> row.getObject(1, LocalDate.class),
                runId,
                place.instrument(),
                place.sequence());
    }

    /** Whether a clearing takes a command. */
    public static boolean takes(Connection connection, long clearingNo, Place place) throws SQLException {
        return Statements.first(connection, TAKES_SQL, row -> true, clearingNo, place.instrument(), place.sequence())
                .isPresent();
    }
}
