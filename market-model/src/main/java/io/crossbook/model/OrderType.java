package io.crossbook.model;

/** OrdType(40). A stop becomes a market order, a stop-limit a limit order, when it is triggered. */
public enum OrderType {
    LIMIT,
    MARKET,
    STOP,
    STOP_LIMIT;

    /** Whether the order waits for its stop price. */
    public boolean isStop() {
        return this == STOP || this == STOP_LIMIT;
    }

    /** Whether the order carries a limit price. */
    public boolean hasPrice() {
        return this == LIMIT || this == STOP_LIMIT;
    }
}
