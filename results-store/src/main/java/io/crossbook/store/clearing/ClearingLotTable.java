package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Tables {@code clearing_lots} and {@code clearing_pnl}: open lots of each member, and what it has earned. */
public final class ClearingLotTable {
    private static final String DELETE_LOTS_SQL = "DELETE FROM clearing_lots WHERE clearing_no = ? AND instrument = ?";

    private static final String DELETE_PNL_SQL = "DELETE FROM clearing_pnl WHERE clearing_no = ? AND instrument = ?";

    private static final String MEMBERS_SQL = """
            SELECT p.member, coalesce(before.realized_in_all, 0) AS realized_in_all
            FROM clearing_positions p
            LEFT JOIN clearing_pnl before
                ON before.clearing_no = ? AND before.instrument = p.instrument AND before.member = p.member
            WHERE p.clearing_no = ? AND p.instrument = ?
            ORDER BY p.member
            """;

    private static final String CARRIED_SQL = """
            SELECT member, trade_id, side, quantity, price, opened_at
            FROM clearing_lots WHERE clearing_no = ? AND instrument = ?
            ORDER BY member, lot_no
            """;

    /** In the order in which the ledger books them: command, trade, the buyer before the seller. */
    private static final String LEGS_SQL = """
            SELECT member, trade_id, side, abs(quantity) AS quantity, price, timestamp AS opened_at
            FROM clearing_legs WHERE clearing_no = ? AND instrument = ?
            ORDER BY member, sequence, trade_no, side
            """;

    private ClearingLotTable() {}

    /** A lot that was carried, or a leg that may open one; its quantity is above zero. */
    public record Line(String member, String tradeId, Side side, Decimal quantity, Decimal price, long openedAt) {}

    /** A member with what it had realized until the day before. */
    public record Member(String member, Decimal realizedBefore) {}

    public static void delete(Connection connection, long clearingNo, String instrument) throws SQLException {
        Statements.update(connection, DELETE_LOTS_SQL, clearingNo, instrument);
        Statements.update(connection, DELETE_PNL_SQL, clearingNo, instrument);
    }

    /** Who has a position of the instrument, or had one, by name. */
    public static List<Member> members(Connection connection, long previousNo, long clearingNo, String instrument)
            throws SQLException {
        return Statements.list(
                connection,
                MEMBERS_SQL,
                row -> new Member(row.getString("member"), Columns.decimal(row, "realized_in_all")),
                previousNo,
                clearingNo,
                instrument);
    }

    /** Lots of the day before, oldest first, member by member. */
    public static MemberLines<Line> carried(Connection connection, long previousNo, String instrument)
            throws SQLException {
        return new MemberLines<>(connection, CARRIED_SQL, ClearingLotTable::read, previousNo, instrument);
    }

    /** The day's legs as they came, member by member. */
    public static MemberLines<Line> legs(Connection connection, long clearingNo, String instrument)
            throws SQLException {
        return new MemberLines<>(connection, LEGS_SQL, ClearingLotTable::read, clearingNo, instrument);
    }

    private static Line read(ResultSet row) throws SQLException {
        return new Line(
                row.getString("member"),
                row.getString("trade_id"),
                Side.valueOf(row.getString("side")),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "price"),
                row.getLong("opened_at"));
    }

    public static CopyRows lots(Connection connection) {
        return new CopyRows(
                connection,
                "clearing_lots",
                "clearing_no, instrument, member, lot_no, trade_id, side, quantity, price, opened_at");
    }

    public static void write(CopyRows lots, long clearingNo, String instrument, int lotNo, Line lot)
            throws SQLException {
        lots.row()
                .number(clearingNo)
                .text(instrument)
                .text(lot.member())
                .number(lotNo)
                .text(lot.tradeId())
                .word(lot.side())
                .decimal(lot.quantity())
                .decimal(lot.price())
                .number(lot.openedAt())
                .endRow();
    }

    public static CopyRows pnl(Connection connection) {
        return new CopyRows(
                connection,
                "clearing_pnl",
                "clearing_no, instrument, member, realized_pnl, realized_in_all, unrealized_pnl");
    }

    public static void write(
            CopyRows pnl, long clearingNo, String instrument, Member member, Decimal realized, Decimal unrealized)
            throws SQLException {
        pnl.row()
                .number(clearingNo)
                .text(instrument)
                .text(member.member())
                .decimal(realized)
                .decimal(member.realizedBefore().plus(realized))
                .decimal(unrealized)
                .endRow();
    }
}
