package io.crossbook.clearing.settlement;

/** How a settlement price came about, in the order of preference. */
public enum SettlementMethod {
    /** Given by the clearing house, with a reason. */
    MANUAL,
    /** Volume-weighted average of the trades in the closing window. */
    WINDOW_VWAP,
    /** The day's last trade, held within the closing bid and ask. */
    LAST_TRADE,
    /** The previous settlement price, held within the closing bid and ask. */
    PREVIOUS
}
