package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;

/**
 * What became of one member's obligation in one instrument and settlement date. Quantities are signed from the member's
 * side: above zero is received, below zero delivered.
 *
 * @param due what the member was to receive or deliver
 * @param settled what moved: of the same sign as {@code due} and at most as much, or zero
 */
public record DeliveryResult(String member, Decimal due, Decimal settled) {
    public DeliveryResult {
        boolean otherWay = settled.signum() * due.signum() < 0;
        if (otherWay || settled.abs().compareTo(due.abs()) > 0) {
            throw new IllegalArgumentException(member + ": " + settled + " cannot settle an obligation of " + due);
        }
    }

    /** What is still to receive, above zero, or to deliver, below zero: the fail that is carried. */
    public Decimal open() {
        return due.minus(settled);
    }

    /**
     * The member's money with its fail marked to a price: {@code netContractCash + price × open × multiplier}, in
     * currency; above zero is the member's. Over all members the fails cancel, so the sum is that of the contracts.
     *
     *
     * @param netContractCash signed: above zero for sales, below zero for purchases
     * @param price the current settlement price
     * @param multiplier currency per price point and unit of quantity
     */
    public Decimal money(Decimal netContractCash, Decimal price, Decimal multiplier) {
        return netContractCash.plus(price.times(open()).times(multiplier));
    }
}
