package io.crossbook.store.checks;

import java.util.Locale;

/** The checks of a run, in the order in which they are listed. */
public enum CheckName {
    /** {@code input = accepted + rejected + duplicate}, in all and over the instruments. */
    INPUT_ACCOUNTED,
    /** Every rejected row is kept in {@code rejects.csv}. */
    REJECTS_KEPT,
    /** The rows of every file are in the order in which they must be. */
    ROWS_IN_ORDER,
    /** No order is filled beyond its quantity. */
    FILLED_WITHIN_QUANTITY,
    /** Status, filled and leaves of every order agree. */
    ORDER_STATUS,
    /** Every trade's orders exist; an order's filled quantity and average price are those of its trades. */
    ORDERS_MATCH_TRADES,
    /** Trade numbers of an instrument are 1..n without a gap. */
    TRADE_NUMBERS,
    /** Every trade has one buy and one sell of equal quantity. */
    TRADE_SIDES,
    /** An aggressor takes the best price first, and every price queue is in the order of entry. */
    PRICE_TIME_PRIORITY,
    /** No book ends crossed. */
    BOOK_NOT_CROSSED,
    /** Quantities and cash of matched trades sum to zero over the clients of an instrument. */
    CONSERVATION,
    /** {@code realized.csv} is what first in, first out makes of the trades. */
    FIFO_REALIZED,
    /** Open lots are those that first in, first out leaves, and add up to the positions. */
    LOTS_ADD_UP,
    /** Quantity, average, realized, fees and net of every position are right, and one mark values them all. */
    POSITIONS,
    /** {@code realized + unrealized = cash + position × mark × multiplier}. */
    PROFIT_IDENTITY,
    /** The totals of {@code run.json} are those of the files. */
    SUMMARY,
    /** The hash of {@code run.json} is that of the files. */
    HASH;

    /** The key under which {@code run.json} shows it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
