package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

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
        long sequence)
        implements FileRow {
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

    /** Writes the columns of the file, of the row of a closing piece, without making the row or ending it. */
    public static void writeFileColumns(PnlEvent.Realized realized, RowOutput out) {
        out.name(realized.instrument()).number(realized.realizedNo()).name(realized.clientId());
        writeTradeId(realized.instrument(), realized.openingTradeNo(), realized.openingFillId(), out);
        writeTradeId(realized.instrument(), realized.closingTradeNo(), realized.closingFillId(), out);
        writeFigures(
                out,
                realized.side(),
                realized.quantity(),
                realized.openPrice(),
                realized.closePrice(),
                realized.pnl(),
                realized.transactTime());
    }

    private static void writeTradeId(String instrument, long tradeNo, @Nullable String fillId, RowOutput out) {
        if (fillId == null) {
            out.tradeId(instrument, tradeNo);
        } else {
            out.text(fillId);
        }
    }

    /** Writes the columns of the file without ending the row; the table has {@code sequence} behind them. */
    @Override
    public void writeFileColumns(RowOutput out) {
        out.name(instrument)
                .number(realizedNo)
                .name(clientId)
                .text(openingTradeId)
                .text(closingTradeId);
        writeFigures(out, side, quantity, openPrice, closePrice, pnl, timestamp);
    }

    private static void writeFigures(
            RowOutput out,
            Side side,
            Decimal quantity,
            Decimal openPrice,
            Decimal closePrice,
            Decimal pnl,
            long timestamp) {
        out.word(side)
                .decimal(quantity)
                .decimal(openPrice)
                .decimal(closePrice)
                .decimal(pnl)
                .time(timestamp);
    }
}
