package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;

/**
 * What a member has to bring in one currency: {@code max(0, requirement + unpaidVariation − collateral)}. Source: issue
 * 6, "margin call".
 *
 * @param requirement zero or more; zero without a position
 * @param unpaidVariation variation margin that is due and not paid: above zero is owed by the member, below zero to it
 * @param collateral what it has left with the clearing house, zero or more
 */
public record MarginCall(
        String member, String currency, Decimal requirement, Decimal unpaidVariation, Decimal collateral) {
    public MarginCall {
        requireNotNegative(member, "requirement", requirement);
        requireNotNegative(member, "collateral", collateral);
    }

    private static void requireNotNegative(String member, String name, Decimal amount) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException(member + ": " + name + " must be zero or more, was " + amount);
        }
    }

    /** In currency, zero or more. */
    public Decimal amount() {
        Decimal missing = requirement.plus(unpaidVariation).minus(collateral);
        return missing.signum() > 0 ? missing : Decimal.ZERO;
    }
}
