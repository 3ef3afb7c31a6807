package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code trades.csv} as the checks read it.
 *
 * @param timestamp as written
 * @param makerOrderId empty in an auction, like {@code takerOrderId}
 */
record TradeLine(
        String instrument,
        long tradeNo,
        String tradeId,
        long sequence,
        String timestamp,
        Decimal price,
        Decimal quantity,
        @Nullable Side aggressorSide,
        String makerOrderId,
        String takerOrderId,
        String buyOrderId,
        String sellOrderId,
        String buyClientId,
        String sellClientId) {
    private static final int AGGRESSOR_SIDE = RunFile.TRADES.column("aggressor_side");

    static TradeLine of(RunFileReader row) throws IOException {
        return new TradeLine(
                row.text(0),
                row.number(1),
                row.text(2),
                row.number(3),
                row.text(4),
                row.decimal(5),
                row.decimal(6),
                row.isEmpty(AGGRESSOR_SIDE) ? null : row.word(AGGRESSOR_SIDE, Side.class),
                row.text(8),
                row.text(9),
                row.text(10),
                row.text(11),
                row.text(12),
                row.text(13));
    }

    String orderId(Side side) {
        return side == Side.BUY ? buyOrderId : sellOrderId;
    }

    String clientId(Side side) {
        return side == Side.BUY ? buyClientId : sellClientId;
    }
}
