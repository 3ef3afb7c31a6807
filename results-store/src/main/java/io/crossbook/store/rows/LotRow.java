package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Side;

/**
 * One row of {@code lots}: an open lot.
 *
 * @param tradeId of the trade or fill that opened it
 * @param quantity still open, above zero, or zero in {@link #none}
 * @param sequence of the command it was taken down after; not in the file
 */
public record LotRow(
        String clientId,
        String instrument,
        long lotNo,
        String tradeId,
        Side side,
        Decimal quantity,
        Decimal price,
        long openedAt,
        long sequence)
        implements FileRow {
    public static LotRow of(PnlEvent.OpenLot lot) {
        return new LotRow(
                lot.clientId(),
                lot.instrument(),
                lot.lotNo(),
                lot.tradeId(),
                lot.side(),
                lot.quantity(),
                lot.price(),
                lot.openedAt(),
                lot.sequence());
    }

    /** Says that a client has no open lots in an instrument, where rows are written over others. */
    public static LotRow none(String clientId, String instrument, long sequence) {
        return new LotRow(clientId, instrument, Long.MAX_VALUE, "", Side.BUY, Decimal.ZERO, Decimal.ZERO, 0, sequence);
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(clientId())
                .text(instrument())
                .number(lotNo())
                .text(tradeId())
                .word(side())
                .decimal(quantity())
                .decimal(price())
                .time(openedAt());
    }
}
