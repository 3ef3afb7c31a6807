package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.PnlEvent;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code pnl_snapshots}: a position at the end of a snapshot interval.
 *
 * @param timestamp the end of the interval, nanoseconds since 1970 UTC
 * @param sequence of the last command before it; not in the file, as what follows
 */
public record PnlSnapshotRow(
        String clientId,
        String instrument,
        long timestamp,
        Decimal netQuantity,
        @Nullable Decimal averagePrice,
        Decimal realizedPnl,
        @Nullable Decimal markPrice,
        @Nullable Decimal unrealizedPnl,
        Decimal fees,
        @Nullable Decimal netPnl,
        long sequence,
        Decimal cashFlow,
        Decimal closedQuantity)
        implements FileRow {
    public static PnlSnapshotRow of(PnlEvent.Position position) {
        return new PnlSnapshotRow(
                position.clientId(),
                position.instrument(),
                position.transactTime(),
                position.netQuantity(),
                position.averagePrice(),
                position.realizedPnl(),
                position.markPrice(),
                position.unrealizedPnl(),
                position.fees(),
                position.netPnl(),
                position.sequence(),
                position.cashFlow(),
                position.closedQuantity());
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.name(clientId())
                .name(instrument())
                .time(timestamp())
                .decimal(netQuantity())
                .decimal(averagePrice())
                .decimal(realizedPnl())
                .decimal(markPrice())
                .decimal(unrealizedPnl())
                .decimal(fees())
                .decimal(netPnl());
    }
}
