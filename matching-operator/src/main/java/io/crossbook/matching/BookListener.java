package io.crossbook.matching;

import io.crossbook.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the book says while it works. Orders are slots: while a call lasts, {@link OrderBook} answers what the slot
 * holds. An order that ends is told with what was open of it still in place; afterwards its slot is free.
 */
public interface BookListener {
    /** A NEW was accepted. */
    void accepted(int order);

    /** A waiting stop starts to run. */
    void triggered(int order);

    /**
     * A trade, both orders already lowered by it.
     *
     * @param maker the resting order, in an auction the buy order
     * @param taker the aggressor, in an auction the sell order
     */
    void traded(long tradeNo, int maker, int taker, long price, long quantity, boolean auction);

    /** Price, quantity, stop price or display quantity of an order changed, or self-trade prevention lowered it. */
    void replaced(int order);

    /** An order ended because all of it is filled. */
    void filled(int order);

    /** An order ended by cancellation; no reason if its owner asked for it. */
    void canceled(int order, @Nullable Reason reason);

    /** A DAY or GTD order ended by time. */
    void expired(int order);
}
