package io.crossbook.model;

/** Why a command was refused, or why an order ended without its owner asking. The list is closed. */
public enum Reason {
    /** The order id was used before on this trading day, or belongs to a live order. */
    DUPLICATE_ORDER_ID,
    /** No live order has this id: never entered, or finished. */
    UNKNOWN_ORDER,
    /** The order belongs to another client. */
    NOT_OWNER,
    /** A price or stop price is zero or less. */
    INVALID_PRICE,
    /** A quantity is zero or less. */
    INVALID_QUANTITY,
    /** A price or stop price is no multiple of the tick size. */
    OFF_TICK,
    /** A quantity is no multiple of the lot size. */
    OFF_LOT,
    /** A price, quantity or fee is larger, or finer, than can be computed with. */
    OUT_OF_RANGE,
    /** The price is outside the instrument's minimum and maximum. */
    PRICE_OUTSIDE_LIMITS,
    /** The quantity is outside the instrument's minimum and maximum. */
    QUANTITY_OUTSIDE_LIMITS,
    /** The price is further from the last trade price than the price band allows. */
    PRICE_OUTSIDE_BAND,
    /** Fields that make no sense together. */
    INVALID_COMBINATION,
    /** The order must not take liquidity and would. */
    POST_ONLY_WOULD_TRADE,
    /** The replace names nothing to change. */
    NOTHING_TO_REPLACE,
    /** The expiry lies at or before the time of the command. */
    EXPIRY_IN_PAST,
    /** Type or time in force is not collected during a call auction. */
    NOT_ALLOWED_IN_CALL,
    /** New and replaced orders are refused while the instrument is halted. */
    MARKET_HALTED,
    /** New and replaced orders are refused while the instrument is closed. */
    MARKET_CLOSED,
    /** The idempotency key was used before with other content. */
    IDEMPOTENCY_KEY_REUSED,
    /** The trade id was used before with other content. */
    TRADE_ID_REUSED,
    /** The sale exceeds the holding and the instrument does not allow shorts. */
    SHORT_NOT_ALLOWED,

    /** What is left of a market or immediate-or-cancel order. */
    IMMEDIATE_REMAINDER,
    /** A fill-or-kill order that could not be filled whole. */
    NOT_FILLABLE,
    /** Ended by self-trade prevention. */
    SELF_TRADE_PREVENTION,
    /** Replaced to a total at or below what is filled. */
    REPLACED_TO_FILLED
}
