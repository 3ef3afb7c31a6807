package io.crossbook.benchmarks;

import io.crossbook.cli.generate.FlowCommands;

/** The books of one engine, one per instrument, driven by a flow in memory. */
public interface MeasuredBooks {
    /** Runs commands {@code from} up to, not including, {@code to}, and takes note of every fill. */
    void run(FlowCommands flow, int from, int to);

    /** Trades so far. */
    long trades();

    /** Sum of price × quantity over the trades so far, in ticks times lots; may wrap, is only compared. */
    long notional();
}
