package io.crossbook.store.files;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.rows.BookRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;

/** Rows with plain values where a test does not care. */
final class Rows {
    /** 2024-02-29T23:59:59.000000007Z. */
    static final long TIME = 1_709_251_199_000_000_007L;

    private Rows() {}

    static TradeRow trade(String instrument, long no) {
        return new TradeRow(
                instrument,
                no,
                instrument + "-" + no,
                no * 2,
                TIME + no,
                Decimal.parse("100.5"),
                Decimal.of(3),
                Side.BUY,
                "s" + no,
                "b" + no,
                "b" + no,
                "s" + no,
                "buyer",
                "seller");
    }

    static OrderRow order(String instrument, String orderId) {
        return new OrderRow(
                instrument,
                orderId,
                1,
                "c",
                Side.SELL,
                OrderType.STOP,
                TimeInForce.DAY,
                null,
                Decimal.of(10),
                Decimal.of(4),
                Decimal.ZERO,
                Decimal.parse("1.000000000001"),
                OrdStatus.CANCELLED,
                Reason.IMMEDIATE_REMAINDER,
                TIME,
                TIME + 1,
                2,
                0);
    }

    static RealizedRow realized(String instrument, long no) {
        return new RealizedRow(
                instrument,
                no,
                "c",
                instrument + "-1",
                instrument + "-2",
                Side.BUY,
                Decimal.of(1),
                Decimal.of(10),
                Decimal.parse("9.5"),
                Decimal.parse("-0.5"),
                TIME,
                4);
    }

    static LotRow lot(String clientId, String instrument, long no) {
        return new LotRow(
                clientId, instrument, no, instrument + "-1", Side.SELL, Decimal.of(2), Decimal.of(3), TIME, 5);
    }

    static PositionRow position(String clientId, String instrument) {
        return new PositionRow(
                clientId,
                instrument,
                Decimal.of(-2),
                Decimal.of(3),
                Decimal.ZERO,
                null,
                null,
                Decimal.parse("-0.01"),
                null,
                5,
                TIME,
                Decimal.of(6),
                Decimal.ZERO);
    }

    static PnlSnapshotRow snapshot(String clientId, String instrument, long time) {
        return new PnlSnapshotRow(
                clientId,
                instrument,
                time,
                Decimal.ZERO,
                null,
                Decimal.ONE,
                Decimal.of(7),
                Decimal.ZERO,
                Decimal.ZERO,
                Decimal.ONE,
                3,
                Decimal.ONE,
                Decimal.ONE);
    }

    static BookRow level(String instrument, Side side, int level, String price) {
        return new BookRow(instrument, side, level, Decimal.parse(price), Decimal.of(5), Decimal.of(15), 2);
    }

    static ExecutionRow execution(String instrument, long sequence, int eventNo) {
        return new ExecutionRow(
                instrument,
                sequence,
                eventNo,
                TIME,
                ExecType.REJECTED,
                "o1",
                null,
                null,
                null,
                null,
                Reason.UNKNOWN_ORDER,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static RejectRow unreadable(int source, String file, long line, String raw) {
        return new RejectRow(source, file, line, null, 0, null, "NOT_A_NUMBER", "no number", raw, line, 0);
    }

    static RejectRow refused(String instrument, long sequence) {
        return new RejectRow(
                0, "z.csv", 9, instrument, sequence, "o1", "OFF_TICK", "off \"tick\", sorry", "raw", 9, TIME);
    }
}
