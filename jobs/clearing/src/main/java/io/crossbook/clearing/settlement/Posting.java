package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import java.util.List;

/**
 * One transaction of the double-entry ledger: its legs add up to zero.
 *
 * @param txn its key, which can be posted once in a clearing
 * @param reference what it is for, in words
 * @param legs at least two
 */
public record Posting(String txn, String currency, String reference, List<Leg> legs) {
    /** @param amount to the account if above zero, from it below */
    public record Leg(String account, Decimal amount) {}

    public Posting {
        Decimal sum = Decimal.ZERO;
        for (Leg leg : legs) {
            sum = sum.plus(leg.amount());
        }
        if (!sum.isZero()) {
            throw new IllegalArgumentException("posting " + txn + " is not balanced: its legs sum to " + sum);
        }
        legs = List.copyOf(legs);
    }

    /** Moves an amount from one account to another. */
    public static Posting transfer(
            String txn, String currency, String reference, Decimal amount, String from, String to) {
        return new Posting(txn, currency, reference, List.of(new Leg(to, amount), new Leg(from, amount.negate())));
    }
}
