package io.crossbook.store.files;

import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;

/** Each row as a line of its file: the one place that puts values under the columns of {@link RunFile}. */
final class RowLines {
    private RowLines() {}

    static void append(CsvLines lines, TradeRow row) {
        lines.field(row.instrument())
                .field(row.tradeNo())
                .field(row.tradeId())
                .field(row.sequence())
                .time(row.timestamp())
                .field(row.price())
                .field(row.quantity())
                .field(row.aggressorSide())
                .field(row.makerOrderId())
                .field(row.takerOrderId())
                .field(row.buyOrderId())
                .field(row.sellOrderId())
                .field(row.buyClientId())
                .field(row.sellClientId())
                .endLine();
    }

    static void append(CsvLines lines, OrderRow row) {
        lines.field(row.instrument())
                .field(row.orderId())
                .field(row.sequence())
                .field(row.clientId())
                .field(row.side())
                .field(row.type())
                .field(row.tif())
                .field(row.price())
                .field(row.quantity())
                .field(row.filledQuantity())
                .field(row.leavesQuantity())
                .field(row.averagePrice())
                .field(row.status())
                .field(row.reason())
                .time(row.enteredAt())
                .time(row.updatedAt())
                .endLine();
    }

    static void append(CsvLines lines, RealizedRow row) {
        lines.field(row.instrument())
                .field(row.realizedNo())
                .field(row.clientId())
                .field(row.openingTradeId())
                .field(row.closingTradeId())
                .field(row.side())
                .field(row.quantity())
                .field(row.openPrice())
                .field(row.closePrice())
                .field(row.pnl())
                .time(row.timestamp())
                .endLine();
    }

    static void append(CsvLines lines, LotRow row) {
        lines.field(row.clientId())
                .field(row.instrument())
                .field(row.lotNo())
                .field(row.tradeId())
                .field(row.side())
                .field(row.quantity())
                .field(row.price())
                .time(row.openedAt())
                .endLine();
    }

    static void append(CsvLines lines, PositionRow row) {
        lines.field(row.clientId())
                .field(row.instrument())
                .field(row.netQuantity())
                .field(row.averagePrice())
                .field(row.realizedPnl())
                .field(row.markPrice())
                .field(row.unrealizedPnl())
                .field(row.fees())
                .field(row.netPnl())
                .endLine();
    }

    static void append(CsvLines lines, BookRow row) {
        lines.field(row.instrument())
                .field(row.side())
                .field(row.level())
                .field(row.price())
                .field(row.quantity())
                .field(row.hiddenQuantity())
                .field(row.orders())
                .endLine();
    }

    static void append(CsvLines lines, ExecutionRow row) {
        lines.field(row.instrument())
                .field(row.sequence())
                .field(row.eventNo())
                .time(row.timestamp())
                .field(row.execType())
                .field(row.orderId())
                .field(row.ordStatus())
                .field(row.lastPrice())
                .field(row.lastQuantity())
                .field(row.leavesQuantity())
                .field(row.reason())
                .endLine();
    }

    static void append(CsvLines lines, RejectRow row) {
        lines.field(row.file()).field(row.line()).field(row.instrument());
        if (row.sequence() == 0) {
            lines.field((String) null);
        } else {
            lines.field(row.sequence());
        }
        lines.field(row.orderId())
                .field(row.code())
                .field(row.message())
                .field(row.raw())
                .endLine();
    }

    static void append(CsvLines lines, FillRow row) {
        lines.field(row.instrument())
                .field(row.sequence())
                .field(row.timestamp())
                .field(row.tradeId())
                .field(row.clientId())
                .field(row.side())
                .field(row.price())
                .field(row.quantity())
                .field(row.fee())
                .field(row.orderId())
                .endLine();
    }

    static void append(CsvLines lines, PnlSnapshotRow row) {
        lines.field(row.clientId())
                .field(row.instrument())
                .time(row.timestamp())
                .field(row.netQuantity())
                .field(row.averagePrice())
                .field(row.realizedPnl())
                .field(row.markPrice())
                .field(row.unrealizedPnl())
                .field(row.fees())
                .field(row.netPnl())
                .endLine();
    }
}
