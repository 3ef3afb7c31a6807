package io.crossbook.model;

/** ExecType(150) in words. */
public enum ExecType {
    NEW,
    TRADE,
    CANCELED,
    REPLACED,
    REJECTED,
    EXPIRED,
    TRIGGERED,
    /** A command that changes no order; on Kafka only. */
    STATUS
}
