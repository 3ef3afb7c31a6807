package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member gets of a clearing, as texts: one query for each report, sorted by member. Where the clearing replaces
 * another, the reports of amounts have what was said before, and the difference.
 */
public enum MemberReport {
    POSITIONS(
            "positions",
            List.of(
                    "instrument",
                    "currency",
                    "open_quantity",
                    "traded_quantity",
                    "close_quantity",
                    "settlement_price",
                    "realized_pnl",
                    "unrealized_pnl"),
            """
            SELECT p.member, p.instrument, i.currency, trim_scale(p.open_quantity), trim_scale(p.traded_quantity),
                   trim_scale(p.close_quantity), trim_scale(s.price), trim_scale(g.realized_pnl),
                   trim_scale(g.unrealized_pnl)
            FROM clearing_positions p
            JOIN clearing_instruments i USING (clearing_no, instrument)
            LEFT JOIN settlement_prices s USING (clearing_no, instrument)
            LEFT JOIN clearing_pnl g USING (clearing_no, instrument, member)
            WHERE clearing_no = ? AND p.member <> 'external'
              AND (p.open_quantity <> 0 OR p.close_quantity <> 0 OR p.traded_value <> 0)
            ORDER BY p.member, p.instrument
            """),

    VARIATION(
            "variation",
            List.of(
                    "instrument",
                    "currency",
                    "multiplier",
                    "carried_quantity",
                    "previous_price",
                    "traded_quantity",
                    "traded_value",
                    "settlement_price",
                    "amount",
                    "replaced_amount",
                    "difference"),
            """
            SELECT r.member, r.instrument, i.currency, trim_scale(i.multiplier), trim_scale(coalesce(p.open_quantity, 0)),
                   trim_scale(s.previous_price), trim_scale(coalesce(p.traded_quantity, 0)),
                   trim_scale(coalesce(p.traded_value, 0)), trim_scale(s.price),
                   trim_scale(half_even(coalesce(v.amount, 0), i.minor_digits)),
                   CASE WHEN r.supersedes_no IS NOT NULL
                        THEN trim_scale(half_even(coalesce(o.amount, 0), i.minor_digits)) END,
                   CASE WHEN r.supersedes_no IS NOT NULL
                        THEN trim_scale(half_even(coalesce(v.amount, 0), i.minor_digits)
                                        - half_even(coalesce(o.amount, 0), i.minor_digits)) END
            FROM (
                SELECT r.clearing_no, r.supersedes_no, said.member, said.instrument
                FROM clearing_runs r
                JOIN LATERAL (
                    SELECT member, instrument FROM variation_margins
                    WHERE clearing_no IN (r.clearing_no, r.supersedes_no)
                    GROUP BY member, instrument) said ON true
                WHERE r.clearing_no = ? AND said.member <> 'external') r
            JOIN clearing_instruments i USING (clearing_no, instrument)
            LEFT JOIN clearing_positions p USING (clearing_no, instrument, member)
            LEFT JOIN settlement_prices s USING (clearing_no, instrument)
            LEFT JOIN variation_margins v USING (clearing_no, instrument, member)
            LEFT JOIN variation_margins o
                ON o.clearing_no = r.supersedes_no AND o.instrument = r.instrument AND o.member = r.member
            ORDER BY r.member, r.instrument
            """),

    SETTLEMENT(
            "settlement",
            List.of(
                    "instrument",
                    "currency",
                    "settlement_date",
                    "quantity",
                    "cash",
                    "delivered_quantity",
                    "failed_quantity",
                    "carried_at",
                    "paid"),
            """
            SELECT o.member, o.instrument, i.currency, o.settlement_date, trim_scale(o.quantity),
                   trim_scale(half_even(o.cash, i.minor_digits)), trim_scale(d.quantity), trim_scale(d.failed_quantity),
                   CASE WHEN d.failed_quantity <> 0 THEN trim_scale(d.price) END,
                   trim_scale(half_even(d.cash, i.minor_digits))
            FROM obligations o
            JOIN clearing_instruments i USING (clearing_no, instrument)
            LEFT JOIN deliveries d
                ON d.clearing_no = o.clearing_no AND d.instrument = o.instrument AND d.member = o.member
                AND d.settlement_date = o.settlement_date
            WHERE o.clearing_no = ? AND o.member <> 'external'
            ORDER BY o.member, o.instrument, o.settlement_date
            """),

    TRADES(
            "trades",
            List.of(
                    "instrument",
                    "trade_id",
                    "timestamp",
                    "side",
                    "quantity",
                    "price",
                    "liquidity",
                    "fill_fee",
                    "version"),
            """
            SELECT member, instrument, trade_id, timestamp, side, trim_scale(abs(quantity)), trim_scale(price), liquidity,
                   trim_scale(fee), version
            FROM clearing_legs
            WHERE clearing_no = ? AND member <> 'external'
            ORDER BY member, instrument, sequence, trade_no, side
            """),

    MARGIN("margin", List.of("currency", "part", "item", "quantity", "multiplier", "price", "rate", "amount"), """
            SELECT m.member, m.currency, line.part, line.item, line.quantity, line.multiplier, line.price, line.rate,
                   line.amount
            FROM margin_requirements m
            CROSS JOIN LATERAL (
                SELECT place, e ->> 0 AS part, e ->> 1 AS item, e ->> 2 AS quantity, e ->> 3 AS multiplier,
                       e ->> 4 AS price, e ->> 5 AS rate, e ->> 6 AS amount
                FROM json_array_elements(m.lines) WITH ORDINALITY AS lines (e, place)
                UNION ALL SELECT 1000001, 'REQUIREMENT', m.model, NULL, NULL, NULL, NULL, trim_scale(m.requirement)::text
                UNION ALL SELECT 1000002, 'UNPAID_VARIATION', '', NULL, NULL, NULL, NULL,
                                 trim_scale(m.unpaid_variation)::text
                UNION ALL SELECT 1000003, 'COLLATERAL', '', NULL, NULL, NULL, NULL, trim_scale(m.collateral)::text
                UNION ALL SELECT 1000004, 'CALL', '', NULL, NULL, NULL, NULL, trim_scale(m.call)::text) line
            WHERE m.clearing_no = ?
            ORDER BY m.member, m.currency, line.place
            """),

    FEES(
            "fees",
            List.of(
                    "instrument",
                    "currency",
                    "maker_notional",
                    "maker_bps",
                    "taker_notional",
                    "taker_bps",
                    "fill_fees",
                    "fee"),
            """
            SELECT member, instrument, currency, trim_scale(maker_notional), trim_scale(maker_bps),
                   trim_scale(taker_notional), trim_scale(taker_bps), trim_scale(fill_fees), trim_scale(fee)
            FROM clearing_fees WHERE clearing_no = ?
            ORDER BY member, instrument
            """);

    private final String title;
    private final List<String> columns;
    private final String sql;

    MemberReport(String title, List<String> columns, String sql) {
        this.title = title;
        this.columns = columns;
        this.sql = sql;
    }

    public String title() {
        return title;
    }

    public List<String> columns() {
        return columns;
    }

    /** The lines of all members, one member after the other. */
    public MemberLines<List<@Nullable String>> lines(Connection connection, long clearingNo) throws SQLException {
        return new MemberLines<>(connection, sql, this::line, clearings(clearingNo));
    }

    /** The lines of one member, no more than a number of them. */
    public List<List<@Nullable String>> of(Connection connection, long clearingNo, String member, int limit)
            throws SQLException {
        List<String> withMember = new ArrayList<>(List.of("member"));
        withMember.addAll(columns);
        List<Object> parameters = new ArrayList<>(List.of(clearings(clearingNo)));
        parameters.add(member);
        parameters.add(limit);
        return Statements.list(
                connection,
                ReportLines.named(sql, withMember) + " WHERE member = ? LIMIT ?",
                this::line,
                parameters.toArray());
    }

    private Object[] clearings(long clearingNo) {
        Object[] parameters = new Object[(int) sql.chars().filter(c -> c == '?').count()];
        Arrays.fill(parameters, clearingNo);
        return parameters;
    }

    /** What stands behind the member. */
    private List<@Nullable String> line(ResultSet row) throws SQLException {
        return ReportLines.line(row, 2, columns.size());
    }
}
