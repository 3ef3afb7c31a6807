package io.crossbook.clearing;

import io.crossbook.clearing.settlement.Accounts;
import io.crossbook.clearing.settlement.MinorUnits;
import io.crossbook.clearing.settlement.Posting;
import io.crossbook.model.Decimal;
import io.crossbook.store.CopyRows;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.JournalTable;
import io.crossbook.store.clearing.JournalTable.Leg;
import io.crossbook.store.clearing.PositionTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.TreeMap;

/**
 * Posts the day. First what the clearing that is replaced had posted is taken back, then variation margin, payments for
 * deliveries and fees go between each member's cash and the house, in whole minor units, rounded half-even. What the house is
 * left with because each amount was rounded by itself goes to its rounding account.
 */
final class JournalStep implements DayStep {
    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        if (!JournalTable.hasPostings(connection, day.clearingNo())) {
            post(connection, day);
        }
        JournalTable.rollBalances(connection, day.clearingNo());
    }

    private static void post(Connection connection, Day day) throws SQLException {
        LocalDate date = day.run().businessDate();
        try (CopyRows journal = JournalTable.rows(connection)) {
            takeBack(connection, day, journal);
            TreeMap<String, Decimal> left = new TreeMap<>();
            PositionTable.eachVariation(connection, day.clearingNo(), row -> {
                Decimal amount = MinorUnits.rounded(row.amount(), row.currency());
                left.merge(row.currency(), amount, Decimal::plus);
                pay(
                        journal,
                        day,
                        "VM:" + row.instrument() + ':' + row.member(),
                        row.currency(),
                        "variation margin " + row.instrument() + ' ' + date,
                        amount,
                        row.member());
            });
            roundOff(journal, day, "VM", left);
            left.clear();
            JournalTable.eachDelivery(connection, day.clearingNo(), row -> {
                Decimal amount = MinorUnits.rounded(row.cash(), row.currency());
                left.merge(row.currency(), amount, Decimal::plus);
                pay(
                        journal,
                        day,
                        "DVP:" + row.instrument() + ':' + row.settlementDate() + ':' + row.member(),
                        row.currency(),
                        "delivery against payment " + row.instrument() + ' ' + row.settlementDate(),
                        amount,
                        row.member());
            });
            roundOff(journal, day, "DVP", left);
            JournalTable.eachFee(connection, day.clearingNo(), row -> {
                Decimal amount = MinorUnits.rounded(row.fee(), row.currency());
                if (!amount.isZero()) {
                    write(
                            journal,
                            day,
                            Posting.transfer(
                                    "FEE:" + row.currency() + ':' + row.member(),
                                    row.currency(),
                                    "fees " + date,
                                    amount,
                                    Accounts.cash(row.member()),
                                    Accounts.FEES));
                }
            });
        }
    }

    private static void takeBack(Connection connection, Day day, CopyRows journal) throws SQLException {
        ClearingRun run = day.run();
        JournalTable.eachLeg(
                connection,
                run.superseded(),
                leg -> JournalTable.write(
                        journal,
                        run.clearingNo(),
                        new Leg(
                                "REVERSAL:" + leg.txn(),
                                leg.leg(),
                                leg.account(),
                                leg.currency(),
                                leg.amount().negate()),
                        "reversal of " + run.businessDate() + " before run " + run.runNo()));
    }

    private static void pay(
            CopyRows journal, Day day, String txn, String currency, String reference, Decimal amount, String member)
            throws SQLException {
        if (!amount.isZero()) {
            write(
                    journal,
                    day,
                    Posting.transfer(txn, currency, reference, amount, Accounts.HOUSE, Accounts.cash(member)));
        }
    }

    private static void roundOff(CopyRows journal, Day day, String kind, TreeMap<String, Decimal> left)
            throws SQLException {
        for (String currency : left.keySet()) {
            Decimal paid = left.get(currency);
            if (!paid.isZero()) {
                write(
                        journal,
                        day,
                        Posting.transfer(
                                "ROUNDING:" + kind + ':' + currency,
                                currency,
                                "rounding of " + day.run().businessDate(),
                                paid,
                                Accounts.ROUNDING,
                                Accounts.HOUSE));
            }
        }
    }

    private static void write(CopyRows journal, Day day, Posting posting) throws SQLException {
        int leg = 0;
        for (Posting.Leg each : posting.legs()) {
            JournalTable.write(
                    journal,
                    day.clearingNo(),
                    new Leg(posting.txn(), ++leg, each.account(), posting.currency(), each.amount()),
                    posting.reference());
        }
    }
}
