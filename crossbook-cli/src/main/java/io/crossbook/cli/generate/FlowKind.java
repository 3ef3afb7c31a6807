package io.crossbook.cli.generate;

/** What a generated command does. */
public enum FlowKind {
    /** A limit order that stays until cancelled. */
    NEW,
    /** A limit order that is immediate or cancelled. */
    IOC,
    MARKET,
    CANCEL,
    /** A replace of the price alone: the order goes to the back of its new level, or trades. */
    REPLACE_PRICE,
    /** A replace of the quantity alone, always to less: the order keeps its place. */
    REPLACE_QUANTITY
}
