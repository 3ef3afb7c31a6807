package io.crossbook.pnl;

import java.io.Serializable;

/**
 * What a ledger says beyond realized P&amp;L, bookings and the account of the end.
 *
 * @param positionPerCommand a position for each client that a command touched, for live runs; off in backtests
 * @param lotsPerCommand the lots that a command changed, for live runs; off in backtests
 * @param executions a REJECTED execution for each refused fill
 */
public record LedgerSettings(boolean positionPerCommand, boolean lotsPerCommand, boolean executions)
        implements Serializable {
    /** What a backtest needs: results at the end of intervals and of the run. */
    public static LedgerSettings backtest() {
        return new LedgerSettings(false, false, false);
    }
}
