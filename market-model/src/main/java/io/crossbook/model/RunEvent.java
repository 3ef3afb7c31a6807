package io.crossbook.model;

/** Everything a run says about its input: what the matcher found and what the ledger made of it. */
public sealed interface RunEvent permits MarketEvent, PnlEvent {
    String instrument();

    /** Number of the command among its instrument's readable commands, from 1. */
    long sequence();

    /** TransactTime(60) of the command, nanoseconds since 1970 UTC. */
    long transactTime();

    /** The event in a place of its own: itself, unless it is in one that will be filled anew. */
    default RunEvent copy() {
        return this;
    }
}
