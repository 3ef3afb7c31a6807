package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import io.crossbook.store.Columns;
import io.crossbook.store.CopyRows;
import io.crossbook.store.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;

/** Tables {@code journal} and {@code balances}: the double-entry ledger. What is posted stays. */
public final class JournalTable {
    private static final String HAS_POSTINGS_SQL = "SELECT true FROM journal WHERE clearing_no = ? LIMIT 1";

    private static final String LEGS_SQL = """
            SELECT txn, leg, account, currency, amount
            FROM journal WHERE clearing_no = ? AND txn NOT LIKE 'REVERSAL:%'
            ORDER BY txn, leg
            """;

    private static final String DELIVERIES_SQL = """
            SELECT d.instrument, d.settlement_date, d.member, i.currency, d.cash
            FROM deliveries d JOIN clearing_instruments i USING (clearing_no, instrument)
            WHERE clearing_no = ?
            ORDER BY d.instrument, d.settlement_date, d.member
            """;

    private static final String FEES_SQL = """
            SELECT member, currency, sum(fee) AS fee
            FROM clearing_fees WHERE clearing_no = ?
            GROUP BY member, currency
            ORDER BY member, currency
            """;

    private static final String DELETE_BALANCES_SQL = "DELETE FROM balances WHERE clearing_no = ?";

    /**
     * Opens where the day before closed, and takes in all that was posted for the date, with what was taken back; a clearing
     * that is only tried out stands for the date alone.
     */
    private static final String BALANCES_SQL = """
            WITH this AS (SELECT * FROM clearing_runs WHERE clearing_no = ?),
            posted AS (
                SELECT j.account, j.currency, sum(j.amount) AS amount
                FROM this
                JOIN clearing_runs r ON r.run_id = this.run_id AND r.business_date = this.business_date
                     AND (r.clearing_no = this.clearing_no
                          OR r.state = 'COMPLETED' AND NOT r.what_if AND NOT this.what_if)
                JOIN journal j ON j.clearing_no = r.clearing_no
                GROUP BY j.account, j.currency)
            INSERT INTO balances (clearing_no, account, currency, opening, closing)
            SELECT this.clearing_no, account, currency, coalesce(o.closing, 0),
                   coalesce(o.closing, 0) + coalesce(posted.amount, 0)
            FROM (SELECT b.account, b.currency, b.closing FROM this JOIN balances b ON b.clearing_no = this.previous_no) o
            FULL JOIN posted USING (account, currency)
            CROSS JOIN this
            """;

    private JournalTable() {}

    /** One leg of a transaction. */
    public record Leg(String txn, int leg, String account, String currency, Decimal amount) {}

    /** @param cash paid to the member if above zero */
    public record DeliveryCash(
            String instrument, LocalDate settlementDate, String member, String currency, Decimal cash) {}

    /** @param fee exact; a rebate below zero */
    public record MemberFee(String member, String currency, Decimal fee) {}

    /** Takes a row of an answer. */
    public interface Sink<R> {
        void accept(R row) throws SQLException;
    }

    public static boolean hasPostings(Connection connection, long clearingNo) throws SQLException {
        return Statements.first(connection, HAS_POSTINGS_SQL, row -> true, clearingNo)
                .isPresent();
    }

    /** What a clearing posted, save what it took back of another; legs of a transaction in their order. */
    public static void eachLeg(Connection connection, long clearingNo, Sink<Leg> sink) throws SQLException {
        Statements.each(
                connection,
                LEGS_SQL,
                row -> sink.accept(new Leg(
                        row.getString("txn"),
                        row.getInt("leg"),
                        row.getString("account"),
                        row.getString("currency"),
                        Columns.decimal(row, "amount"))),
                clearingNo);
    }

    /** What is paid for deliveries. */
    public static void eachDelivery(Connection connection, long clearingNo, Sink<DeliveryCash> sink)
            throws SQLException {
        Statements.each(
                connection,
                DELIVERIES_SQL,
                row -> sink.accept(new DeliveryCash(
                        row.getString("instrument"),
                        row.getObject("settlement_date", LocalDate.class),
                        row.getString("member"),
                        row.getString("currency"),
                        Columns.decimal(row, "cash"))),
                clearingNo);
    }

    /** The fees of each member in each currency. */
    public static void eachFee(Connection connection, long clearingNo, Sink<MemberFee> sink) throws SQLException {
        Statements.each(
                connection,
                FEES_SQL,
                row -> sink.accept(
                        new MemberFee(row.getString("member"), row.getString("currency"), Columns.decimal(row, "fee"))),
                clearingNo);
    }

    public static CopyRows rows(Connection connection) {
        return new CopyRows(connection, "journal", "clearing_no, txn, leg, account, currency, amount, reference");
    }

    public static void write(CopyRows journal, long clearingNo, Leg leg, String reference) throws SQLException {
        journal.row()
                .number(clearingNo)
                .text(leg.txn())
                .number(leg.leg())
                .text(leg.account())
                .text(leg.currency())
                .decimal(leg.amount())
                .text(reference)
                .endRow();
    }

    /** Rolls the balances of all accounts forward. */
    public static void rollBalances(Connection connection, long clearingNo) throws SQLException {
        Statements.update(connection, DELETE_BALANCES_SQL, clearingNo);
        Statements.update(connection, BALANCES_SQL, clearingNo);
    }
}
