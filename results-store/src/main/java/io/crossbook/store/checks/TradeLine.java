package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.files.FieldText;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the checks read of a row of {@code trades.csv} and keep of it; its other fields they look at in the row itself. */
record TradeLine(
        long tradeNo,
        FieldText tradeId,
        long sequence,
        Decimal price,
        Decimal quantity,
        @Nullable Side aggressorSide) {
    static final int TIMESTAMP = RunFile.TRADES.column("timestamp");
    static final int MAKER_ORDER_ID = RunFile.TRADES.column("maker_order_id");
    static final int TAKER_ORDER_ID = RunFile.TRADES.column("taker_order_id");

    private static final int TRADE_NO = RunFile.TRADES.column("trade_no");
    private static final int TRADE_ID = RunFile.TRADES.column("trade_id");
    private static final int SEQUENCE = RunFile.TRADES.column("sequence");
    private static final int PRICE = RunFile.TRADES.column("price");
    private static final int QUANTITY = RunFile.TRADES.column("quantity");
    private static final int AGGRESSOR_SIDE = RunFile.TRADES.column("aggressor_side");
    private static final int BUY_ORDER_ID = RunFile.TRADES.column("buy_order_id");
    private static final int SELL_ORDER_ID = RunFile.TRADES.column("sell_order_id");
    private static final int BUY_CLIENT_ID = RunFile.TRADES.column("buy_client_id");
    private static final int SELL_CLIENT_ID = RunFile.TRADES.column("sell_client_id");

    static TradeLine of(RunFileReader row) throws IOException {
        return new TradeLine(
                row.number(TRADE_NO),
                row.field(TRADE_ID).copy(),
                row.number(SEQUENCE),
                row.decimal(PRICE),
                row.decimal(QUANTITY),
                row.isEmpty(AGGRESSOR_SIDE) ? null : row.word(AGGRESSOR_SIDE, Side.class));
    }

    /** The column of the order on a side. */
    static int orderId(Side side) {
        return side == Side.BUY ? BUY_ORDER_ID : SELL_ORDER_ID;
    }

    /** The column of the client on a side. */
    static int clientId(Side side) {
        return side == Side.BUY ? BUY_CLIENT_ID : SELL_CLIENT_ID;
    }
}
