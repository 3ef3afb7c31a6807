package io.crossbook.model;

/** OrdStatus(39) in words. */
public enum OrdStatus {
    OPEN,
    PARTIALLY_FILLED,
    FILLED,
    CANCELLED,
    EXPIRED,
    REJECTED;

    /** Whether nothing more can come of the order. */
    public boolean isFinal() {
        return this != OPEN && this != PARTIALLY_FILLED;
    }
}
