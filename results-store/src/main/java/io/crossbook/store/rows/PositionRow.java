package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.PnlEvent;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code positions}: a client's position in an instrument, in that instrument's currency.
 *
 * @param averagePrice empty if flat
 * @param markPrice empty without one
 * @param unrealizedPnl empty for an open position without a mark
 * @param netPnl realized + unrealized − fees; empty where unrealized is
 * @param sequence of the command it was taken down after; not in the file, as all that follow
 * @param cashFlow what trades paid (+) and cost (−) before fees
 * @param closedQuantity quantity closed so far
 */
public record PositionRow(
        String clientId,
        String instrument,
        Decimal netQuantity,
        @Nullable Decimal averagePrice,
        Decimal realizedPnl,
        @Nullable Decimal markPrice,
        @Nullable Decimal unrealizedPnl,
        Decimal fees,
        @Nullable Decimal netPnl,
        long sequence,
        long timestamp,
        Decimal cashFlow,
        Decimal closedQuantity)
        implements FileRow {
    public static PositionRow of(PnlEvent.Position position) {
        return new PositionRow(
                position.clientId(),
                position.instrument(),
                position.netQuantity(),
                position.averagePrice(),
                position.realizedPnl(),
                position.markPrice(),
                position.unrealizedPnl(),
                position.fees(),
                position.netPnl(),
                position.sequence(),
                position.transactTime(),
                position.cashFlow(),
                position.closedQuantity());
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(clientId())
                .text(instrument())
                .decimal(netQuantity())
                .decimal(averagePrice())
                .decimal(realizedPnl())
                .decimal(markPrice())
                .decimal(unrealizedPnl())
                .decimal(fees())
                .decimal(netPnl());
    }
}
