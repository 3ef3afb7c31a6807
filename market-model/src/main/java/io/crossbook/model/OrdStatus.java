package io.crossbook.model;

/** OrdStatus(39) in words. */
public enum OrdStatus {
    OPEN,
    PARTIALLY_FILLED,
    FILLED,
    CANCELLED,
    EXPIRED,
    REJECTED
}
