package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

/** Hears of open lots, oldest first. */
interface Lots {
    /**
     * @param lotNo number among the lots ever opened by the account, from 1
     * @param tradeNo of the matched trade that opened it, 0 if a fill did
     * @param fillId of the fill that opened it, else {@code null}
     */
    void open(
            long lotNo,
            Side side,
            Decimal quantity,
            Decimal price,
            long tradeNo,
            @Nullable String fillId,
            long openedAt);
}
