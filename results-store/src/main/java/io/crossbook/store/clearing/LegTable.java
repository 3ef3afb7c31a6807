package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code clearing_legs}: novation. Each trade becomes two legs against the clearing house, of the buyer and of the
 * seller; a trade made elsewhere one of its client and one of the account {@code external}. Corrections are in them.
 */
public final class LegTable {
    private static final String DELETE_SQL = "DELETE FROM clearing_legs WHERE clearing_no = ? AND instrument = ?";

    /** Of a trade, the aggressor took and the other made; in an auction nobody was the aggressor and both made. */
    private static final String INSERT_SQL = """
            WITH this AS (
                SELECT r.run_id, r.previous_no, i.*
                FROM clearing_runs r JOIN clearing_instruments i USING (clearing_no)
                WHERE clearing_no = ? AND instrument = ?),
            corrected AS (
                SELECT DISTINCT ON (c.sequence, c.trade_no) c.*
                FROM this JOIN corrections_for(this.clearing_no) c USING (run_id, instrument)
                WHERE c.sequence BETWEEN this.from_sequence AND this.to_sequence
                ORDER BY c.sequence, c.trade_no, c.version DESC)
            INSERT INTO clearing_legs (clearing_no, instrument, sequence, trade_no, trade_id, timestamp, member, side,
                                       quantity, price, liquidity, fee, version)
            SELECT this.clearing_no, this.instrument, t.sequence, t.trade_no, t.trade_id, t.timestamp, leg.member, leg.side,
                   leg.sign * coalesce(c.quantity, t.quantity), coalesce(c.price, t.price),
                   CASE WHEN t.aggressor_side = leg.side THEN 'TAKER' ELSE 'MAKER' END, NULL, coalesce(c.version, 0)
            FROM this
            JOIN trades t ON t.run_id = this.run_id AND t.instrument = this.instrument
                 AND t.trade_no <= this.to_trade_no
                 AND t.trade_no > coalesce((SELECT p.to_trade_no FROM clearing_instruments p
                                            WHERE p.clearing_no = this.previous_no AND p.instrument = this.instrument), 0)
            LEFT JOIN corrected c ON c.trade_no = t.trade_no
            CROSS JOIN LATERAL (VALUES (t.buy_client_id, 'BUY', 1), (t.sell_client_id, 'SELL', -1)) leg (member, side, sign)
            WHERE c.action IS DISTINCT FROM 'CANCEL'
            UNION ALL
            SELECT this.clearing_no, this.instrument, f.sequence, 0, f.trade_id, f.timestamp, leg.member, leg.side,
                   leg.sign * coalesce(c.quantity, f.quantity), coalesce(c.price, f.price), 'FILL', leg.fee,
                   coalesce(c.version, 0)
            FROM this
            JOIN fills f ON f.run_id = this.run_id AND f.instrument = this.instrument
                 AND f.sequence BETWEEN this.from_sequence AND this.to_sequence
            LEFT JOIN corrected c ON c.sequence = f.sequence AND c.trade_no = 0
            CROSS JOIN LATERAL (VALUES
                (f.client_id, f.side, CASE f.side WHEN 'BUY' THEN 1 ELSE -1 END, f.fee),
                ('external', CASE f.side WHEN 'BUY' THEN 'SELL' ELSE 'BUY' END,
                 CASE f.side WHEN 'BUY' THEN -1 ELSE 1 END, 0)) leg (member, side, sign, fee)
            WHERE c.action IS DISTINCT FROM 'CANCEL'
            """;

    private static final String DAY_SQL = """
            WITH this AS (
                SELECT r.run_id, i.*
                FROM clearing_runs r JOIN clearing_instruments i USING (clearing_no)
                WHERE clearing_no = ? AND instrument = ?),
            phase AS (
                SELECT p.*
                FROM this JOIN phases p USING (run_id, instrument)
                WHERE p.timestamp >= this.day_start AND p.timestamp < this.day_end
                ORDER BY p.sequence DESC
                LIMIT 1),
            closing AS (
                SELECT coalesce(p.timestamp, this.day_end) AS time,
                       coalesce(p.sequence, 9223372036854775807) AS sequence, p.sequence IS NOT NULL AS closed,
                       p.best_bid, p.best_ask
                FROM this LEFT JOIN phase p ON p.phase = 'CLOSED'),
            bought AS (
                SELECT l.trade_no, l.quantity, l.price,
                       l.timestamp >= closing.time - ? AND l.sequence < closing.sequence AS in_window
                FROM this
                JOIN clearing_legs l USING (clearing_no, instrument)
                CROSS JOIN closing
                WHERE l.side = 'BUY' AND l.liquidity <> 'FILL' AND l.timestamp >= this.day_start)
            SELECT closing.time, closing.closed, closing.best_bid, closing.best_ask,
                   count(*) FILTER (WHERE in_window) AS trades,
                   coalesce(sum(quantity) FILTER (WHERE in_window), 0) AS volume,
                   coalesce(sum(quantity * price) FILTER (WHERE in_window), 0) AS value,
                   (SELECT price FROM bought ORDER BY trade_no DESC LIMIT 1) AS last_price
            FROM closing LEFT JOIN bought ON true
            GROUP BY closing.time, closing.closed, closing.best_bid, closing.best_ask
            """;

    private LegTable() {}

    /**
     * An instrument's trades at the end of its day.
     *
     * @param closingTime end of the session, or of trading if that closed before
     * @param closed whether it closed before, so that the best prices are those of that moment
     * @param windowTrades in the closing window, with their volume and the sum of quantity times price
     * @param lastPrice of the day's last trade
     */
    public record Day(
            long closingTime,
            boolean closed,
            @Nullable Decimal bestBid,
            @Nullable Decimal bestAsk,
            long windowTrades,
            Decimal windowVolume,
            Decimal windowValue,
            @Nullable Decimal lastPrice) {}

    /** Writes the legs of what a clearing takes of an instrument. */
    public static void novate(Connection connection, long clearingNo, String instrument) throws SQLException {
        Statements.update(connection, DELETE_SQL, clearingNo, instrument);
        Statements.update(connection, INSERT_SQL, clearingNo, instrument);
    }

    /** @param windowNanos length of the closing window */
    public static Day day(Connection connection, long clearingNo, String instrument, long windowNanos)
            throws SQLException {
        return Statements.first(
                        connection,
                        DAY_SQL,
                        row -> new Day(
                                row.getLong("time"),
                                row.getBoolean("closed"),
                                Columns.decimalOrNull(row, "best_bid"),
                                Columns.decimalOrNull(row, "best_ask"),
                                row.getLong("trades"),
                                Columns.decimal(row, "volume"),
                                Columns.decimal(row, "value"),
                                Columns.decimalOrNull(row, "last_price")),
                        clearingNo,
                        instrument,
                        windowNanos)
                .orElseThrow();
    }
}
