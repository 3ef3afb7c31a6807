package io.crossbook.store.clearing;

import io.crossbook.model.InstrumentKind;
import io.crossbook.store.Columns;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Table {@code clearing_instruments}: what a clearing takes of each instrument, up to which command. */
public final class ClearedInstrumentTable {
    private static final String SYMBOLS_SQL = """
            SELECT instrument FROM instruments WHERE run_id = ?
            UNION SELECT instrument FROM positions WHERE run_id = ?
            UNION SELECT instrument FROM clearing_instruments WHERE clearing_no = ?
            ORDER BY instrument
            """;

    /**
     * Begins behind what the previous clearing took, and ends before the first trade or fill of a later day. A run that goes
     * on is taken as far as its last complete checkpoint.
     */
    private static final String FREEZE_SQL = """
            WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = ?),
            taken AS (
                SELECT coalesce(max(i.to_sequence), 0) AS sequence, coalesce(max(i.to_trade_no), 0) AS trade_no
                FROM this JOIN clearing_instruments i ON i.clearing_no = this.previous_no AND i.instrument = ?),
            stored AS (
                SELECT CASE WHEN r.state = 'FINISHED' THEN 9223372036854775807 ELSE coalesce(p.sequence, 0) END AS sequence
                FROM this JOIN runs r USING (run_id)
                LEFT JOIN run_progress p ON p.run_id = r.run_id AND p.instrument = ?),
            known AS (
                SELECT t.sequence, t.timestamp, t.trade_no
                FROM this, taken, stored, trades t
                WHERE t.run_id = this.run_id AND t.instrument = ? AND t.trade_no > taken.trade_no
                  AND t.sequence <= stored.sequence
                UNION ALL
                SELECT f.sequence, f.timestamp, 0
                FROM this, taken, stored, fills f
                WHERE f.run_id = this.run_id AND f.instrument = ? AND f.sequence > taken.sequence
                  AND f.sequence <= stored.sequence),
            later AS (SELECT coalesce(min(sequence), 9223372036854775807) AS sequence FROM known WHERE timestamp >= ?),
            frozen AS (
                SELECT max(known.sequence) AS sequence, max(known.trade_no) AS trade_no
                FROM known, later WHERE known.sequence < later.sequence)
            INSERT INTO clearing_instruments (clearing_no, instrument, kind, currency, multiplier, tick_size,
                                              minor_digits, day_start, day_end, settlement_date, next_date, from_sequence, to_sequence, to_trade_no)
            SELECT this.clearing_no, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, taken.sequence + 1,
                   coalesce(frozen.sequence, taken.sequence), greatest(taken.trade_no, coalesce(frozen.trade_no, 0))
            FROM this, taken, frozen
            """;

    private static final String DELETE_SQL = """
            DELETE FROM clearing_instruments WHERE clearing_no = ? AND instrument = ?
            """;

    private static final String LIST_SQL = """
            SELECT * FROM clearing_instruments WHERE clearing_no = ? ORDER BY instrument
            """;

    /** Who ever held an instrument has a position in every later clearing, closed or not. */
    private static final String BUSY_SQL = """
            SELECT i.*
            FROM clearing_runs r JOIN clearing_instruments i USING (clearing_no)
            WHERE clearing_no = ? AND (i.to_sequence >= i.from_sequence OR EXISTS (
                SELECT FROM clearing_positions p WHERE p.clearing_no = r.previous_no AND p.instrument = i.instrument))
            ORDER BY i.instrument
            """;

    private static final String FIND_SQL = """
            SELECT * FROM clearing_instruments WHERE clearing_no = ? AND instrument = ?
            """;

    private ClearedInstrumentTable() {}

    /** What a clearing of a trading run is about: all that was described, traded or carried. */
    public static List<String> symbols(Connection connection, String runId, long previousNo) throws SQLException {
        return Statements.list(connection, SYMBOLS_SQL, row -> row.getString(1), runId, runId, previousNo);
    }

    /** Says up to where a clearing takes the trades of an instrument. */
    public static void freeze(Connection connection, long clearingNo, ClearedInstrument instrument)
            throws SQLException {
        String symbol = instrument.instrument();
        Statements.update(connection, DELETE_SQL, clearingNo, symbol);
        Statements.update(
                connection,
                FREEZE_SQL,
                clearingNo,
                symbol,
                symbol,
                symbol,
                symbol,
                instrument.dayEnd(),
                symbol,
                instrument.kind().name(),
                instrument.currency(),
                instrument.multiplier(),
                instrument.tickSize(),
                instrument.minorDigits(),
                instrument.dayStart(),
                instrument.dayEnd(),
                instrument.settlementDate(),
                instrument.nextDate());
    }

    public static List<ClearedInstrument> list(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(connection, LIST_SQL, ClearedInstrumentTable::read, clearingNo);
    }

    /** Those that traded or are carried; of all others there is nothing but a price. */
    public static List<ClearedInstrument> busy(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(connection, BUSY_SQL, ClearedInstrumentTable::read, clearingNo);
    }

    /** @throws IllegalStateException if the clearing does not take it */
    public static ClearedInstrument require(Connection connection, long clearingNo, String instrument)
            throws SQLException {
        return Statements.first(connection, FIND_SQL, ClearedInstrumentTable::read, clearingNo, instrument)
                .orElseThrow(() -> new IllegalStateException("clearing " + clearingNo + " has no " + instrument));
    }

    private static ClearedInstrument read(ResultSet row) throws SQLException {
        return new ClearedInstrument(
                row.getString("instrument"),
                InstrumentKind.valueOf(row.getString("kind")),
                row.getString("currency"),
                Columns.decimal(row, "multiplier"),
                Columns.decimal(row, "tick_size"),
                row.getInt("minor_digits"),
                row.getLong("day_start"),
                row.getLong("day_end"),
                row.getObject("settlement_date", LocalDate.class),
                row.getObject("next_date", LocalDate.class));
    }
}
