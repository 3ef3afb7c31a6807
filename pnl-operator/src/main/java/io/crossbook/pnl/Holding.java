package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The open lots of an account and its running figures, exact however they are kept. */
sealed interface Holding permits TickHolding, WideHolding {
    /** Signed. */
    Decimal netQuantity();

    Decimal closedQuantity();

    /** Σ (close − open) × quantity × multiplier, in currency, before fees. */
    Decimal realized();

    /** What trades and fills paid (+) and cost (−): Σ ∓ quantity × price × multiplier, in currency, before fees. */
    Decimal cashFlow();

    /** Σ signed lot quantity × lot price over the open lots, without multiplier. */
    Decimal openCost();

    /** Σ signed lot quantity × multiplier × (mark − lot price) over the open lots, in currency. */
    Decimal unrealized(Decimal mark);

    /** The open lots' mean price, rounded half-even at 12 digits; {@code null} if flat. */
    @Nullable
    Decimal averagePrice();

    /** Maker and taker fees of matched trades, in currency; what external fills bring with them is not in it. */
    Decimal tradeFees();

    /** Number of the newest lot ever opened; the oldest open lot is this minus the open lots plus one. */
    long lastLotNo();

    int openLots();

    /** The open lots with places {@code from} (inclusive) to {@code to} (exclusive) in the queue; 0 is the oldest. */
    void eachLot(int from, int to, Lots lots);

    void write(DataOutput out) throws IOException;
}
