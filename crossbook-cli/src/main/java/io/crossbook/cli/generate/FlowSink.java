package io.crossbook.cli.generate;

import java.io.IOException;

/** Takes generated commands, in the order of the flow. */
@FunctionalInterface
public interface FlowSink {
    /**
     * One command.
     *
     * @param instrument number of the instrument, from 0
     * @param timeNanos nanoseconds since 1970 UTC, never falling
     * @param orderId number of the order, from 1, unique over all instruments
     * @param client number of the account, from 0
     * @param buy side of the order that is meant
     * @param price ticks; 0 for MARKET, CANCEL and REPLACE_QUANTITY
     * @param quantity lots; on REPLACE_QUANTITY the new total; 0 for CANCEL and REPLACE_PRICE
     * @param reduceBy lots taken off by REPLACE_QUANTITY, else 0
     */
    void command(
            FlowKind kind,
            int instrument,
            long timeNanos,
            long orderId,
            int client,
            boolean buy,
            long price,
            long quantity,
            long reduceBy)
            throws IOException;
}
