package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a clearing publishes, as texts: one query for each file, columns and order as in the file. Decimals are plain,
 * without trailing zeros; amounts of money are in minor units.
 */
public enum ClearingReport {
    POSITIONS(
            "positions.csv",
            List.of("member", "instrument", "open_quantity", "close_quantity", "settlement_price"),
            """
            SELECT p.member, p.instrument, trim_scale(p.open_quantity), trim_scale(p.close_quantity), trim_scale(s.price)
            FROM clearing_positions p LEFT JOIN settlement_prices s USING (clearing_no, instrument)
            WHERE clearing_no = ? AND (p.open_quantity <> 0 OR p.close_quantity <> 0 OR p.traded_value <> 0)
            ORDER BY p.member, p.instrument
            """),

    PRICES("prices.csv", List.of("instrument", "price", "previous_price", "method", "volume"), """
            SELECT instrument, trim_scale(price), trim_scale(previous_price), method, trim_scale(volume)
            FROM settlement_prices WHERE clearing_no = ?
            ORDER BY instrument
            """),

    VARIATION("variation.csv", List.of("member", "instrument", "currency", "amount"), """
            SELECT v.member, v.instrument, v.currency, trim_scale(half_even(v.amount, i.minor_digits))
            FROM variation_margins v JOIN clearing_instruments i USING (clearing_no, instrument)
            WHERE clearing_no = ?
            ORDER BY v.member, v.instrument
            """),

    OBLIGATIONS(
            "obligations.csv", List.of("member", "instrument", "settlement_date", "quantity", "cash", "currency"), """
            SELECT o.member, o.instrument, o.settlement_date, trim_scale(o.quantity),
                   trim_scale(half_even(o.cash, i.minor_digits)), i.currency
            FROM obligations o JOIN clearing_instruments i USING (clearing_no, instrument)
            WHERE clearing_no = ?
            ORDER BY o.member, o.instrument, o.settlement_date
            """),

    MARGIN("margin.csv", List.of("member", "model", "currency", "requirement", "collateral", "call"), """
            SELECT member, model, currency, trim_scale(half_even(requirement, minor_digits)),
                   trim_scale(collateral), trim_scale(call)
            FROM margin_requirements
            JOIN (SELECT DISTINCT clearing_no, currency, minor_digits FROM clearing_instruments) digits
                USING (clearing_no, currency)
            WHERE clearing_no = ?
            ORDER BY member, currency
            """),

    FEES(
            "fees.csv",
            List.of(
                    "member",
                    "instrument",
                    "currency",
                    "maker_notional",
                    "taker_notional",
                    "maker_bps",
                    "taker_bps",
                    "fill_fees",
                    "fee"),
            """
            SELECT member, instrument, currency, trim_scale(maker_notional), trim_scale(taker_notional),
                   trim_scale(maker_bps), trim_scale(taker_bps), trim_scale(fill_fees), trim_scale(fee)
            FROM clearing_fees WHERE clearing_no = ?
            ORDER BY member, instrument
            """),

    JOURNAL("journal.csv", List.of("txn", "leg", "account", "currency", "amount", "reference"), """
            SELECT txn, leg, account, currency, trim_scale(amount), reference
            FROM journal WHERE clearing_no = ?
            ORDER BY txn, leg
            """),

    BALANCES("balances.csv", List.of("account", "currency", "opening", "closing"), """
            SELECT account, currency, trim_scale(opening), trim_scale(closing)
            FROM balances WHERE clearing_no = ?
            ORDER BY account, currency
            """),

    BREAKS("breaks.csv", List.of("check", "subject", "expected", "found"), """
            SELECT name, subject, expected, found
            FROM clearing_breaks WHERE clearing_no = ?
            ORDER BY name, break_no
            """);

    private final String file;
    private final List<String> columns;
    private final String sql;

    ClearingReport(String file, List<String> columns, String sql) {
        this.file = file;
        this.columns = columns;
        this.sql = sql;
    }

    public String file() {
        return file;
    }

    public List<String> columns() {
        return columns;
    }

    /** Takes a line; a value that is absent is {@code null}. */
    public interface LineSink {
        void accept(List<@Nullable String> line) throws SQLException;
    }

    /** Hands over line by line. */
    public void each(Connection connection, long clearingNo, LineSink sink) throws SQLException {
        Statements.each(connection, sql, row -> sink.accept(line(row)), clearingNo);
    }

    /**
     * Some of the lines, of one member or of all.
     *
     * @param member {@code null} for all
     * @param offset how many lines to leave out
     */
    public List<List<@Nullable String>> some(
            Connection connection, long clearingNo, @Nullable String member, long offset, int limit)
            throws SQLException {
        String ofMember = member == null ? "" : " WHERE member = ?";
        List<Object> parameters = new ArrayList<>(List.of(clearingNo));
        if (member != null) {
            parameters.add(member);
        }
        parameters.add(offset);
        parameters.add(limit);
        return Statements.list(
                connection,
                ReportLines.named(sql, columns) + ofMember + " OFFSET ? LIMIT ?",
                this::line,
                parameters.toArray());
    }

    private List<@Nullable String> line(ResultSet row) throws SQLException {
        return ReportLines.line(row, 1, columns.size());
    }
}
