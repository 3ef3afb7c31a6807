package io.crossbook.model;

/** What happens when an incoming order meets an order of its own client; chosen by the incoming order. */
public enum SelfTradePrevention {
    CANCEL_NEWEST,
    CANCEL_OLDEST,
    CANCEL_BOTH,
    DECREMENT
}
