package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Tables {@code obligations} and {@code deliveries}: what is to be delivered against what payment, netted for each member,
 * instrument and settlement date, and what became of it when it was due.
 */
public final class ObligationTable {
    private static final String DELETE_OBLIGATIONS_SQL = """
            DELETE FROM obligations WHERE clearing_no = ? AND instrument = ?
            """;

    private static final String DELETE_DELIVERIES_SQL = """
            DELETE FROM deliveries WHERE clearing_no = ? AND instrument = ?
            """;

    /** Those of the clearing before that were not due yet, and those of the day's trades. */
    private static final String NET_SQL = """
            WITH this AS (
                SELECT r.previous_no, p.business_date AS previous_date, i.*
                FROM clearing_runs r
                JOIN clearing_instruments i USING (clearing_no)
                LEFT JOIN clearing_runs p ON p.clearing_no = r.previous_no
                WHERE r.clearing_no = ? AND i.instrument = ?)
            INSERT INTO obligations (clearing_no, instrument, settlement_date, member, quantity, cash)
            SELECT this.clearing_no, this.instrument, owed.settlement_date, owed.member, sum(owed.quantity), sum(owed.cash)
            FROM this
            CROSS JOIN LATERAL (
                SELECT o.settlement_date, o.member, o.quantity, o.cash
                FROM obligations o
                WHERE o.clearing_no = this.previous_no AND o.instrument = this.instrument
                  AND o.settlement_date > this.previous_date
                UNION ALL
                SELECT this.settlement_date, l.member, sum(l.quantity), -sum(l.quantity * l.price) * this.multiplier
                FROM clearing_legs l
                WHERE l.clearing_no = this.clearing_no AND l.instrument = this.instrument
                GROUP BY l.member) owed
            GROUP BY this.clearing_no, this.instrument, owed.settlement_date, owed.member
            HAVING sum(owed.quantity) <> 0 OR sum(owed.cash) <> 0
            """;

    private static final String DUE_SQL = """
            SELECT o.settlement_date, o.member, o.quantity, o.cash
            FROM obligations o JOIN clearing_runs r USING (clearing_no)
            WHERE o.clearing_no = ? AND o.instrument = ? AND o.settlement_date <= r.business_date
            ORDER BY o.settlement_date, o.member
            """;

    private static final String DELIVERY_COLUMNS = """
            clearing_no, instrument, settlement_date, member, quantity, failed_quantity, price, cash""";

    private static final String CARRY_SQL = """
            INSERT INTO obligations AS open (clearing_no, instrument, settlement_date, member, quantity, cash)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (clearing_no, instrument, settlement_date, member) DO UPDATE
            SET quantity = open.quantity + excluded.quantity, cash = open.cash + excluded.cash
            """;

    private ObligationTable() {}

    /**
     * What a member owes or is owed.
     *
     * @param quantity to receive if above zero, to deliver below
     * @param cash to be paid if above zero, to pay below
     */
    public record Due(LocalDate settlementDate, String member, Decimal quantity, Decimal cash) {}

    /**
     * What became of it.
     *
     * @param quantity delivered (below zero) or received
     * @param failed still to deliver (below zero) or to receive
     * @param price at which that is carried
     * @param cash paid to the member if above zero
     */
    public record Delivery(
            LocalDate settlementDate, String member, Decimal quantity, Decimal failed, Decimal price, Decimal cash) {}

    /** Writes what is open of an instrument, with the day's trades in it. */
    public static void net(Connection connection, long clearingNo, String instrument) throws SQLException {
        Statements.update(connection, DELETE_DELIVERIES_SQL, clearingNo, instrument);
        Statements.update(connection, DELETE_OBLIGATIONS_SQL, clearingNo, instrument);
        Statements.update(connection, NET_SQL, clearingNo, instrument);
    }

    /** What is due on the business date or was before, by date and member. */
    public static List<Due> due(Connection connection, long clearingNo, String instrument) throws SQLException {
        return Statements.list(
                connection,
                DUE_SQL,
                row -> new Due(
                        row.getObject("settlement_date", LocalDate.class),
                        row.getString("member"),
                        Columns.decimal(row, "quantity"),
                        Columns.decimal(row, "cash")),
                clearingNo,
                instrument);
    }

    public static CopyRows deliveries(Connection connection) {
        return new CopyRows(connection, "deliveries", DELIVERY_COLUMNS);
    }

    public static void write(CopyRows deliveries, long clearingNo, String instrument, Delivery delivery)
            throws SQLException {
        deliveries
                .row()
                .number(clearingNo)
                .text(instrument)
                .text(delivery.settlementDate().toString())
                .text(delivery.member())
                .decimal(delivery.quantity())
                .decimal(delivery.failed())
                .decimal(delivery.price())
                .decimal(delivery.cash())
                .endRow();
    }

    /** Adds a fail to what is owed on its new date. */
    public static void carry(Connection connection, long clearingNo, String instrument, Due fail) throws SQLException {
        Statements.update(
                connection,
                CARRY_SQL,
                clearingNo,
                instrument,
                fail.settlementDate(),
                fail.member(),
                fail.quantity(),
                fail.cash());
    }
}
