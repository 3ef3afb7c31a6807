package io.crossbook.matching;

import java.io.Serializable;

/**
 * How much a matcher says, and how long it remembers order ids.
 *
 * @param executions whether each execution is said, not only trades and ended orders
 * @param bookDeltas whether the levels that a command changed are said
 * @param snapshotIntervalNanos length of a snapshot interval of event time; 0 is none
 * @param orderIdsForDay whether an order id stays taken for the trading day; otherwise while its order lives
 * @param commandEnds whether the end of each command is said
 * @param ordersPerCommand whether before that it is said how the orders stand that the command changed and that live on, for
 *     runs that go on
 */
public record MatchingSettings(
        boolean executions,
        boolean bookDeltas,
        long snapshotIntervalNanos,
        boolean orderIdsForDay,
        boolean commandEnds,
        boolean ordersPerCommand)
        implements Serializable {
    /** Trades and ended orders only; ids stay taken for the day. */
    public static final MatchingSettings DEFAULT = new MatchingSettings(false, false, 0, true, false, false);

    public MatchingSettings {
        if (snapshotIntervalNanos < 0) {
            throw new IllegalArgumentException(
                    "snapshotIntervalNanos must be zero or more, was " + snapshotIntervalNanos);
        }
    }
}
