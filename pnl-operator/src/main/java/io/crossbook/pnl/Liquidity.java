package io.crossbook.pnl;

/** LastLiquidityInd(851): which of the instrument's two fees a side of a trade pays. */
public enum Liquidity {
    /** The order rested, or traded in an auction. */
    MAKER,
    /** The order was the aggressor. */
    TAKER
}
