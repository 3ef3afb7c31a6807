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
        row.write(lines);
    }

    static void append(CsvLines lines, OrderRow row) {
        row.writeFileColumns(lines);
        lines.endRow();
    }

    static void append(CsvLines lines, RealizedRow row) {
        row.writeFileColumns(lines);
        lines.endRow();
    }

    static void append(CsvLines lines, LotRow row) {
        lines.text(row.clientId())
                .text(row.instrument())
                .number(row.lotNo())
                .text(row.tradeId())
                .word(row.side())
                .decimal(row.quantity())
                .decimal(row.price())
                .time(row.openedAt())
                .endRow();
    }

    static void append(CsvLines lines, PositionRow row) {
        lines.text(row.clientId())
                .text(row.instrument())
                .decimal(row.netQuantity())
                .decimal(row.averagePrice())
                .decimal(row.realizedPnl())
                .decimal(row.markPrice())
                .decimal(row.unrealizedPnl())
                .decimal(row.fees())
                .decimal(row.netPnl())
                .endRow();
    }

    static void append(CsvLines lines, BookRow row) {
        lines.text(row.instrument())
                .word(row.side())
                .number(row.level())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.hiddenQuantity())
                .number(row.orders())
                .endRow();
    }

    static void append(CsvLines lines, ExecutionRow row) {
        lines.text(row.instrument())
                .number(row.sequence())
                .number(row.eventNo())
                .time(row.timestamp())
                .word(row.execType())
                .text(row.orderId())
                .word(row.ordStatus())
                .decimal(row.lastPrice())
                .decimal(row.lastQuantity())
                .decimal(row.leavesQuantity())
                .word(row.reason())
                .endRow();
    }

    static void append(CsvLines lines, RejectRow row) {
        lines.text(row.file()).number(row.line()).text(row.instrument());
        if (row.sequence() == 0) {
            lines.text(null);
        } else {
            lines.number(row.sequence());
        }
        lines.text(row.orderId())
                .text(row.code())
                .text(row.message())
                .text(row.raw())
                .endRow();
    }

    static void append(CsvLines lines, FillRow row) {
        lines.text(row.instrument())
                .number(row.sequence())
                .number(row.timestamp())
                .text(row.tradeId())
                .text(row.clientId())
                .word(row.side())
                .decimal(row.price())
                .decimal(row.quantity())
                .decimal(row.fee())
                .text(row.orderId())
                .endRow();
    }

    static void append(CsvLines lines, PnlSnapshotRow row) {
        lines.text(row.clientId())
                .text(row.instrument())
                .time(row.timestamp())
                .decimal(row.netQuantity())
                .decimal(row.averagePrice())
                .decimal(row.realizedPnl())
                .decimal(row.markPrice())
                .decimal(row.unrealizedPnl())
                .decimal(row.fees())
                .decimal(row.netPnl())
                .endRow();
    }
}
