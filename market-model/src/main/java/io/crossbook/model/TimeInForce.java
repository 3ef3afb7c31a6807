package io.crossbook.model;

/** TimeInForce(59). */
public enum TimeInForce {
    GTC,
    DAY,
    IOC,
    FOK,
    GTD
}
