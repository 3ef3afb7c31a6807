package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a clearing comes to in all. */
public final class ClearingFigures {
    private static final String COUNTS_SQL = """
            SELECT (SELECT count(*) FROM clearing_instruments WHERE clearing_no = ?) AS instruments,
                   (SELECT count(DISTINCT member) FROM clearing_positions
                    WHERE clearing_no = ? AND member <> 'external') AS members,
                   (SELECT count(*) FROM clearing_legs WHERE clearing_no = ?) AS legs,
                   (SELECT count(*) FROM clearing_positions
                    WHERE clearing_no = ? AND close_quantity <> 0) AS open_positions
            """;

    private static final String METHODS_SQL = """
            SELECT instrument, method FROM settlement_prices WHERE clearing_no = ? ORDER BY instrument
            """;

    private static final String TOTALS_SQL = """
            SELECT known.currency,
                   trim_scale(coalesce((SELECT sum(half_even(v.amount, known.digits)) FROM variation_margins v
                             WHERE v.clearing_no = known.clearing_no AND v.currency = known.currency AND v.amount > 0), 0)),
                   trim_scale(coalesce((SELECT sum(half_even(d.cash, known.digits))
                             FROM deliveries d JOIN clearing_instruments i USING (clearing_no, instrument)
                             WHERE d.clearing_no = known.clearing_no AND i.currency = known.currency AND d.cash > 0), 0)),
                   trim_scale(coalesce((SELECT sum(j.amount) FROM journal j
                             WHERE j.clearing_no = known.clearing_no AND j.currency = known.currency
                               AND j.account = 'house:fees' AND j.txn NOT LIKE 'REVERSAL:%'), 0)),
                   trim_scale(coalesce((SELECT sum(half_even(m.requirement, known.digits)) FROM margin_requirements m
                             WHERE m.clearing_no = known.clearing_no AND m.currency = known.currency), 0)),
                   trim_scale(coalesce((SELECT sum(m.call) FROM margin_requirements m
                             WHERE m.clearing_no = known.clearing_no AND m.currency = known.currency), 0)),
                   trim_scale(coalesce((SELECT sum(j.amount) FROM journal j
                             WHERE j.clearing_no = known.clearing_no AND j.currency = known.currency
                               AND j.account = 'house:rounding' AND j.txn NOT LIKE 'REVERSAL:%'), 0))
            FROM (
                SELECT clearing_no, currency, min(minor_digits) AS digits FROM clearing_instruments
                WHERE clearing_no = ? GROUP BY clearing_no, currency) known
            ORDER BY known.currency
            """;

    private ClearingFigures() {}

    /** @param legs two for each trade that stands */
    public record Counts(long instruments, long members, long legs, long openPositions) {}

    /**
     * Amounts of a currency, in minor units as decimals.
     *
     * @param variationMargin of those who are paid
     * @param deliveries what is paid to those who delivered
     */
    public record Totals(
            String currency,
            String variationMargin,
            String deliveries,
            String fees,
            String marginRequirement,
            String marginCalls,
            String rounding) {}

    public static Counts counts(Connection connection, long clearingNo) throws SQLException {
        return Statements.first(
                        connection,
                        COUNTS_SQL,
                        row -> new Counts(
                                row.getLong("instruments"),
                                row.getLong("members"),
                                row.getLong("legs"),
                                row.getLong("open_positions")),
                        clearingNo,
                        clearingNo,
                        clearingNo,
                        clearingNo)
                .orElseThrow();
    }

    /** How the price of each instrument was found. */
    public static Map<String, String> methods(Connection connection, long clearingNo) throws SQLException {
        Map<String, String> methods = new LinkedHashMap<>();
        Statements.each(
                connection,
                METHODS_SQL,
                row -> methods.put(row.getString("instrument"), row.getString("method")),
                clearingNo);
        return methods;
    }

    public static List<Totals> totals(Connection connection, long clearingNo) throws SQLException {
        return Statements.list(
                connection,
                TOTALS_SQL,
                row -> new Totals(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                clearingNo);
    }
}
