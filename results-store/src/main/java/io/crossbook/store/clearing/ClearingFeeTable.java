package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Table {@code clearing_fees}: what each member pays for its trades, and from what that was computed. */
public final class ClearingFeeTable {
    private static final String DELETE_SQL = "DELETE FROM clearing_fees WHERE clearing_no = ?";

    /** Trades made elsewhere bring their own fee and count for no tier. */
    private static final String VOLUMES_SQL = """
            SELECT l.member, i.currency, sum(abs(l.quantity) * l.price * i.multiplier) AS volume
            FROM clearing_legs l JOIN clearing_instruments i USING (clearing_no, instrument)
            WHERE clearing_no = ? AND l.liquidity <> 'FILL'
            GROUP BY l.member, i.currency
            """;

    private static final String TRADED_SQL = """
            SELECT l.instrument, l.member, i.currency,
                   coalesce(sum(abs(l.quantity) * l.price * i.multiplier) FILTER (WHERE l.liquidity = 'MAKER'), 0) AS maker,
                   coalesce(sum(abs(l.quantity) * l.price * i.multiplier) FILTER (WHERE l.liquidity = 'TAKER'), 0) AS taker,
                   coalesce(sum(l.fee), 0) AS fill_fees,
                   coalesce(min(d.maker_fee_bps), 0) AS maker_bps, coalesce(min(d.taker_fee_bps), 0) AS taker_bps
            FROM clearing_legs l
            JOIN clearing_instruments i USING (clearing_no, instrument)
            JOIN clearing_runs r USING (clearing_no)
            LEFT JOIN instruments d ON d.run_id = r.run_id AND d.instrument = l.instrument
            WHERE clearing_no = ?
            GROUP BY l.instrument, l.member, i.currency
            ORDER BY l.instrument, l.member
            """;

    private ClearingFeeTable() {}

    /** Whose volume of which currency. */
    public record MemberCurrency(String member, String currency) {}

    /**
     * What a member traded of an instrument.
     *
     * @param maker notional of its resting orders, and of auctions
     * @param taker notional of its aggressors
     * @param fillFees that trades made elsewhere brought
     * @param makerBps the instrument's own basis points
     */
    public record Traded(
            String instrument,
            String member,
            String currency,
            Decimal maker,
            Decimal taker,
            Decimal fillFees,
            Decimal makerBps,
            Decimal takerBps) {}

    /** Takes what somebody traded. */
    public interface TradedSink {
        void accept(Traded traded) throws SQLException;
    }

    public static void delete(Connection connection, long clearingNo) throws SQLException {
        Statements.update(connection, DELETE_SQL, clearingNo);
    }

    /** Notional of each member's day. */
    public static Map<MemberCurrency, Decimal> volumes(Connection connection, long clearingNo) throws SQLException {
        Map<MemberCurrency, Decimal> volumes = new HashMap<>();
        Statements.each(
                connection,
                VOLUMES_SQL,
                row -> volumes.put(
                        new MemberCurrency(row.getString("member"), row.getString("currency")),
                        Columns.decimal(row, "volume")),
                clearingNo);
        return volumes;
    }

    public static void eachTraded(Connection connection, long clearingNo, TradedSink sink) throws SQLException {
        Statements.each(
                connection,
                TRADED_SQL,
                row -> sink.accept(new Traded(
                        row.getString("instrument"),
                        row.getString("member"),
                        row.getString("currency"),
                        Columns.decimal(row, "maker"),
                        Columns.decimal(row, "taker"),
                        Columns.decimal(row, "fill_fees"),
                        Columns.decimal(row, "maker_bps"),
                        Columns.decimal(row, "taker_bps"))),
                clearingNo);
    }

    public static CopyRows rows(Connection connection) {
        return new CopyRows(
                connection,
                "clearing_fees",
                "clearing_no, instrument, member, currency, maker_notional, taker_notional, maker_bps, taker_bps,"
                        + " fill_fees, fee");
    }

    /** @param makerBps as charged */
    public static void write(
            CopyRows rows, long clearingNo, Traded traded, Decimal makerBps, Decimal takerBps, Decimal fee)
            throws SQLException {
        rows.row()
                .number(clearingNo)
                .text(traded.instrument())
                .text(traded.member())
                .text(traded.currency())
                .decimal(traded.maker())
                .decimal(traded.taker())
                .decimal(makerBps)
                .decimal(takerBps)
                .decimal(traded.fillFees())
                .decimal(fee)
                .endRow();
    }
}
