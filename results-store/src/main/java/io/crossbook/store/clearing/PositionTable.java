package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;

/** Tables {@code clearing_positions} and {@code variation_margins}: what each member holds, and is paid for it. */
public final class PositionTable {
    private static final String DELETE_POSITIONS_SQL = """
            DELETE FROM clearing_positions WHERE clearing_no = ? AND instrument = ?
            """;

    private static final String DELETE_VARIATION_SQL = """
            DELETE FROM variation_margins WHERE clearing_no = ? AND instrument = ?
            """;

    private static final String MOVES_SQL = """
            SELECT member, coalesce(p.close_quantity, 0) AS carried, coalesce(p.cash_flow, 0) AS cash_flow,
                   coalesce(l.traded, 0) AS traded, coalesce(l.value, 0) AS value
            FROM (
                SELECT member, close_quantity, cash_flow
                FROM clearing_positions WHERE clearing_no = ? AND instrument = ?) p
            FULL JOIN (
                SELECT member, sum(quantity) AS traded, sum(quantity * price) AS value
                FROM clearing_legs WHERE clearing_no = ? AND instrument = ? GROUP BY member) l USING (member)
            ORDER BY member
            """;

    private static final String VARIATION_SQL = """
            SELECT instrument, member, currency, amount
            FROM variation_margins WHERE clearing_no = ?
            ORDER BY instrument, member
            """;

    private static final String POSITION_COLUMNS = """
            clearing_no, instrument, member, open_quantity, traded_quantity, traded_value, close_quantity, cash_flow""";

    private static final String VARIATION_COLUMNS = "clearing_no, instrument, member, currency, amount";

    private PositionTable() {}

    /**
     * What a member brought from the day before and did on the day.
     *
     * @param carried signed quantity
     * @param cashFlow of the chain until the day before
     * @param traded signed sum of quantities
     * @param tradedValue sum of signed quantity times price
     */
    public record Move(String member, Decimal carried, Decimal cashFlow, Decimal traded, Decimal tradedValue) {}

    /** Takes what somebody brought and did. */
    public interface MoveSink {
        void accept(Move move) throws SQLException;
    }

    public static void delete(Connection connection, long clearingNo, String instrument) throws SQLException {
        Statements.update(connection, DELETE_POSITIONS_SQL, clearingNo, instrument);
        Statements.update(connection, DELETE_VARIATION_SQL, clearingNo, instrument);
    }

    /** Member by member, in the order of their names. */
    public static void eachMove(
            Connection connection, long previousNo, long clearingNo, String instrument, MoveSink sink)
            throws SQLException {
        Statements.each(
                connection,
                MOVES_SQL,
                row -> sink.accept(new Move(
                        row.getString("member"),
                        Columns.decimal(row, "carried"),
                        Columns.decimal(row, "cash_flow"),
                        Columns.decimal(row, "traded"),
                        Columns.decimal(row, "value"))),
                previousNo,
                instrument,
                clearingNo,
                instrument);
    }

    /** @param amount exact, paid to the member if above zero */
    public record Variation(String instrument, String member, String currency, Decimal amount) {}

    /** Takes what somebody is paid. */
    public interface VariationSink {
        void accept(Variation variation) throws SQLException;
    }

    /** By instrument and member. */
    public static void eachVariation(Connection connection, long clearingNo, VariationSink sink) throws SQLException {
        Statements.each(
                connection,
                VARIATION_SQL,
                row -> sink.accept(new Variation(
                        row.getString("instrument"),
                        row.getString("member"),
                        row.getString("currency"),
                        Columns.decimal(row, "amount"))),
                clearingNo);
    }

    public static CopyRows positions(Connection connection) {
        return new CopyRows(connection, "clearing_positions", POSITION_COLUMNS);
    }

    public static CopyRows variation(Connection connection) {
        return new CopyRows(connection, "variation_margins", VARIATION_COLUMNS);
    }

    /** @param cashFlow of the chain, with this day */
    public static void write(CopyRows positions, long clearingNo, String instrument, Move move, Decimal cashFlow)
            throws SQLException {
        positions
                .row()
                .number(clearingNo)
                .text(instrument)
                .text(move.member())
                .decimal(move.carried())
                .decimal(move.traded())
                .decimal(move.tradedValue())
                .decimal(move.carried().plus(move.traded()))
                .decimal(cashFlow)
                .endRow();
    }

    public static void writeVariation(
            CopyRows variation, long clearingNo, ClearedInstrument instrument, String member, Decimal amount)
            throws SQLException {
        variation
                .row()
                .number(clearingNo)
                .text(instrument.instrument())
                .text(member)
                .text(instrument.currency())
                .decimal(amount)
                .endRow();
    }
}
