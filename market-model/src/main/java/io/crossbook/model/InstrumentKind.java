package io.crossbook.model;

/** What is traded, which decides how a day is cleared. */
public enum InstrumentKind {
    SPOT,
    EQUITY,
    FUTURE,
    CFD
}
