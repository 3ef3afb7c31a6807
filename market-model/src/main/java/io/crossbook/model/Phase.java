package io.crossbook.model;

/** The phase of an instrument's session. Only CALL to CONTINUOUS uncrosses. */
public enum Phase {
    /** Orders are collected, nothing matches. */
    CALL,
    CONTINUOUS,
    HALTED,
    CLOSED
}
