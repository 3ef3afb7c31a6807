package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * The open lots of one member in one instrument, first in, first out: what a leg is on the other side of closes the oldest
 * lots first, and what is left of it opens a lot. Lots are of one side at any time. Amounts are in price times quantity,
 * before the multiplier.
 */
public final class FifoLots {
    private final Deque<Lot> lots = new ArrayDeque<>();
    private Decimal profit = Decimal.ZERO;

    /**
     * An open lot.
     *
     * @param tradeId of the trade that opened it
     * @param quantity above zero
     * @param openedAt nanoseconds since 1970 UTC
     */
    public record Lot(String tradeId, Side side, Decimal quantity, Decimal price, long openedAt) {
        private Lot less(Decimal closed) {
            return new Lot(tradeId, side, quantity.minus(closed), price, openedAt);
        }
    }

    /** Lots carried from the day before, oldest first. */
    public FifoLots(Collection<Lot> carried) {
        lots.addAll(carried);
    }

    /** Books a leg; its quantity is above zero. */
    public void apply(Lot leg) {
        Lot leaves = leg;
        while (leaves.quantity().signum() > 0
                && !lots.isEmpty()
                && lots.getFirst().side() != leg.side()) {
            Lot oldest = lots.removeFirst();
            Decimal closed =
                    oldest.quantity().compareTo(leaves.quantity()) <= 0 ? oldest.quantity() : leaves.quantity();
            Decimal gained = oldest.side() == Side.BUY
                    ? leg.price().minus(oldest.price())
                    : oldest.price().minus(leg.price());
            profit = profit.plus(gained.times(closed));
            leaves = leaves.less(closed);
            if (oldest.quantity().compareTo(closed) > 0) {
                lots.addFirst(oldest.less(closed));
            }
        }
        if (leaves.quantity().signum() > 0) {
            lots.addLast(leaves);
        }
    }

    /** Oldest first. */
    public Collection<Lot> open() {
        return lots;
    }

    /** Signed sum of the open lots. */
    public Decimal netQuantity() {
        Decimal sum = Decimal.ZERO;
        for (Lot lot : lots) {
            sum = lot.side() == Side.BUY ? sum.plus(lot.quantity()) : sum.minus(lot.quantity());
        }
        return sum;
    }

    /** What the legs realized, in price times quantity. */
    public Decimal realized() {
        return profit;
    }

    /** What the open lots would realize at a price, in price times quantity. */
    public Decimal unrealized(Decimal settlementPx) {
        Decimal sum = Decimal.ZERO;
        for (Lot lot : lots) {
            Decimal gained = settlementPx.minus(lot.price()).times(lot.quantity());
            sum = lot.side() == Side.BUY ? sum.plus(gained) : sum.minus(gained);
        }
        return sum;
    }
}
