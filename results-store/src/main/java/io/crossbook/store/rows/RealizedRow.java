package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Side;

/**
 * One row of {@code realized}: a closing piece of a lot.
 *
 * @param side of the lot: BUY is long
 * @param pnl before fees, in the instrument's currency
 * @param sequence of the command that closed it; not in the file
 */
public record RealizedRow(
        String instrument,
        long realizedNo,
        String clientId,
        String openingTradeId,
        String closingTradeId,
        Side side,
        Decimal quantity,
        Decimal openPrice,
        Decimal closePrice,
        Decimal pnl,
        long timestamp,
        long sequence) {
    public static RealizedRow of(PnlEvent.Realized realized) {
        return new RealizedRow(
                realized.instrument(),
                realized.realizedNo(),
                realized.clientId(),
                realized.openingTradeId(),
                realized.closingTradeId(),
                realized.side(),
                realized.quantity(),
                realized.openPrice(),
                realized.closePrice(),
                realized.pnl(),
                realized.transactTime(),
                realized.sequence());
    }
}
