package io.crossbook.store;

import io.crossbook.model.Decimal;
import io.crossbook.model.ExecType;
import io.crossbook.model.OrdStatus;
import io.crossbook.model.OrderType;
import io.crossbook.model.Reason;
import io.crossbook.model.Side;
import io.crossbook.model.TimeInForce;
import io.crossbook.store.rows.BookDeltaRow;
import io.crossbook.store.rows.BookSnapshotRow;
import io.crossbook.store.rows.ExecutionRow;
import io.crossbook.store.rows.FillRow;
import io.crossbook.store.rows.LotRow;
import io.crossbook.store.rows.MarkRow;
import io.crossbook.store.rows.OrderRow;
import io.crossbook.store.rows.PnlSnapshotRow;
import io.crossbook.store.rows.PositionRow;
import io.crossbook.store.rows.RealizedRow;
import io.crossbook.store.rows.RejectRow;
import io.crossbook.store.rows.TradeRow;
import org.jspecify.annotations.Nullable;

/** Rows for the tests of the store. */
public final class StoredRows {
    private StoredRows() {}

    public static Decimal d(String text) {
        return Decimal.parse(text);
    }

    public static TradeRow trade(
            String instrument, long tradeNo, long sequence, long timestamp, String price, String quantity) {
        return new TradeRow(
                instrument,
                tradeNo,
                instrument + "-" + tradeNo,
                sequence,
                timestamp,
                d(price),
                d(quantity),
                Side.BUY,
                "s" + tradeNo,
                "b" + tradeNo,
                "b" + tradeNo,
                "s" + tradeNo,
                "buyer",
                "seller");
    }

    public static OrderRow order(String instrument, long sequence, long lastSequence, int changeNo, OrdStatus status) {
        boolean filled = status == OrdStatus.FILLED;
        return new OrderRow(
                instrument,
                "o" + sequence,
                sequence,
                "client",
                Side.SELL,
                OrderType.LIMIT,
                TimeInForce.GTC,
                d("10.5"),
                d("4"),
                d(filled ? "4" : "0"),
                d(filled || status == OrdStatus.REJECTED ? "0" : "4"),
                filled ? d("10.5") : null,
                status,
                status == OrdStatus.REJECTED ? Reason.OFF_TICK : null,
                sequence,
                lastSequence,
                lastSequence,
                changeNo);
    }

    public static ExecutionRow execution(String instrument, long sequence, int eventNo, String orderId) {
        return new ExecutionRow(
                instrument,
                sequence,
                eventNo,
                sequence,
                ExecType.TRADE,
                orderId,
                OrdStatus.PARTIALLY_FILLED,
                d("0.000000000000000001"),
                d("2"),
                d("3"),
                null,
                "client",
                Side.BUY,
                OrderType.STOP_LIMIT,
                TimeInForce.GTD,
                d("-1"),
                d("5"),
                d("2"),
                d("0.333333333333"),
                instrument + "-1",
                "contra");
    }

    /** A refused command, which may know nothing but its reason. */
    public static ExecutionRow refusal(String instrument, long sequence) {
        return new ExecutionRow(
                instrument,
                sequence,
                1,
                sequence,
                ExecType.REJECTED,
                null,
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

    public static RealizedRow realized(String instrument, long realizedNo, long sequence, String pnl) {
        return new RealizedRow(
                instrument,
                realizedNo,
                "client",
                instrument + "-1",
                instrument + "-2",
                Side.BUY,
                d("1"),
                d("10"),
                d("11"),
                d(pnl),
                sequence,
                sequence);
    }

    public static FillRow fill(String instrument, long sequence, String tradeId, @Nullable String orderId) {
        return new FillRow(
                instrument, sequence, sequence, tradeId, "client", Side.SELL, d("0"), d("1"), d("-0.25"), orderId);
    }

    public static MarkRow mark(String instrument, long sequence, String price) {
        return new MarkRow(instrument, sequence, sequence, d(price));
    }

    public static LotRow lot(String client, String instrument, long lotNo, Side side, String quantity, String price) {
        return new LotRow(client, instrument, lotNo, instrument + "-" + lotNo, side, d(quantity), d(price), 5, 5);
    }

    public static PositionRow position(
            String client, String instrument, String netQuantity, String realizedPnl, String fees, long sequence) {
        return position(client, instrument, netQuantity, realizedPnl, fees, sequence, "7");
    }

    public static PositionRow position(
            String client,
            String instrument,
            String netQuantity,
            String realizedPnl,
            String fees,
            long sequence,
            String cashFlow) {
        boolean flat = d(netQuantity).isZero();
        return new PositionRow(
                client,
                instrument,
                d(netQuantity),
                flat ? null : d("13"),
                d(realizedPnl),
                null,
                flat ? Decimal.ZERO : null,
                d(fees),
                null,
                sequence,
                sequence,
                d(cashFlow),
                d("3"));
    }

    public static PnlSnapshotRow snapshot(
            String client,
            String instrument,
            long timestamp,
            String realized,
            @Nullable String unrealized,
            String fees) {
        return new PnlSnapshotRow(
                client,
                instrument,
                timestamp,
                d("1"),
                d("13"),
                d(realized),
                unrealized == null ? null : d("14"),
                unrealized == null ? null : d(unrealized),
                d(fees),
                null,
                4,
                d("7"),
                d("3"));
    }

    /** Of the interval that ended behind a command. */
    public static PnlSnapshotRow snapshot(String client, String instrument, long timestamp, long sequence) {
        return new PnlSnapshotRow(
                client,
                instrument,
                timestamp,
                d("1"),
                d("13"),
                d("2"),
                null,
                null,
                d("0"),
                null,
                sequence,
                d("7"),
                d("3"));
    }

    public static BookSnapshotRow level(
            String instrument, long sequence, boolean last, Side side, int level, String price, String quantity) {
        return new BookSnapshotRow(
                instrument, sequence, sequence, last, side, level, d(price), d(quantity), Decimal.ZERO, 2);
    }

    public static BookDeltaRow delta(String instrument, long sequence, String price) {
        return new BookDeltaRow(instrument, sequence, sequence, Side.BUY, d(price), d("0"), d("0"), 0);
    }

    public static RejectRow unreadable(long position, String raw) {
        return unreadable(0, position, raw);
    }

    public static RejectRow unreadable(int source, long position, String raw) {
        return new RejectRow(
                source, "day.csv", position + 1, null, 0, null, "BAD_NUMBER", "a sentence", raw, position, 0);
    }

    public static RejectRow refused(String instrument, long sequence) {
        return new RejectRow(
                1, "b.csv", 9, instrument, sequence, "o1", "OFF_TICK", "a sentence", "NEW,o1", sequence, sequence);
    }
}
