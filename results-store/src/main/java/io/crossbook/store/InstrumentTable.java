package io.crossbook.store;

import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code instruments}: the instruments of a run with their market rules. */
public final class InstrumentTable {
    private static final String INSERT_SQL = """
            INSERT INTO instruments (run_id, instrument, kind, currency, tick_size, lot_size, multiplier, maker_fee_bps,
                                     taker_fee_bps, min_price, max_price, min_quantity, max_quantity, price_band_bps,
                                     reference_price, allow_short, expiry, calendar, settlement_days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run_id, instrument) DO NOTHING
            """;

    private static final String SELECT_SQL = """
            SELECT * FROM instruments WHERE run_id = ? ORDER BY instrument
            """;

    private InstrumentTable() {}

    /** Adds instruments to a run. One that the run has already stays as it is: a run's rules never change. */
    public static void insert(Connection connection, String runId, Collection<Instrument> instruments)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_SQL)) {
            for (Instrument instrument : instruments) {
                bind(insert, runId, instrument);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, String runId, Instrument instrument) throws SQLException {
        insert.setString(1, runId);
        insert.setString(2, instrument.symbol());
        insert.setString(3, instrument.kind().name());
        insert.setString(4, instrument.currency());
        Columns.bind(insert, 5, instrument.tickSize());
        Columns.bind(insert, 6, instrument.lotSize());
        Columns.bind(insert, 7, instrument.multiplier());
        Columns.bind(insert, 8, instrument.makerFeeBps());
        Columns.bind(insert, 9, instrument.takerFeeBps());
        Columns.bind(insert, 10, instrument.minPrice());
        Columns.bind(insert, 11, instrument.maxPrice());
        Columns.bind(insert, 12, instrument.minQuantity());
        Columns.bind(insert, 13, instrument.maxQuantity());
        Columns.bind(insert, 14, instrument.priceBandBps());
        Columns.bind(insert, 15, instrument.referencePrice());
        insert.setBoolean(16, instrument.allowShort());
        insert.setObject(17, instrument.expiry(), Types.DATE);
        insert.setString(18, instrument.calendar());
        insert.setObject(19, instrument.settlementDays(), Types.INTEGER);
    }

    /** The instruments of a run by symbol. */
    public static List<Instrument> read(Connection connection, String runId) throws SQLException {
        List<Instrument> instruments = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_SQL)) {
            select.setString(1, runId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    instruments.add(read(rows));
                }
            }
        }
        return instruments;
    }

    private static Instrument read(ResultSet row) throws SQLException {
        LocalDate expiry = row.getObject("expiry", LocalDate.class);
        return new Instrument(
                row.getString("instrument"),
                Columns.word(InstrumentKind.class, row, "kind"),
                row.getString("currency"),
                Columns.decimal(row, "tick_size"),
                Columns.decimal(row, "lot_size"),
                Columns.decimal(row, "multiplier"),
                Columns.decimal(row, "maker_fee_bps"),
                Columns.decimal(row, "taker_fee_bps"),
                Columns.decimalOrNull(row, "min_price"),
                Columns.decimalOrNull(row, "max_price"),
                Columns.decimalOrNull(row, "min_quantity"),
                Columns.decimalOrNull(row, "max_quantity"),
                Columns.decimalOrNull(row, "price_band_bps"),
                Columns.decimalOrNull(row, "reference_price"),
                row.getBoolean("allow_short"),
                expiry,
                row.getString("calendar"),
                settlementDays(row));
    }

    private static @Nullable Integer settlementDays(ResultSet row) throws SQLException {
        int days = row.getInt("settlement_days");
        return row.wasNull() ? null : days;
    }
}
