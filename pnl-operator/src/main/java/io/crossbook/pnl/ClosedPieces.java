package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every piece of a lot that a fill closes, oldest first, while the fill is booked. Of the two names of the
 * opening trade one is given: its number if it was matched here, its text if it was an external fill.
 */
public interface ClosedPieces {
    /**
     * A piece counted in ticks and lots.
     *
     * @param lotSide side of the closed lot: BUY is long
     * @param openingTradeNo number of the matched trade that opened the lot, 0 if a fill did
     * @param openingFillId trade id of the fill that opened the lot, else {@code null}
     */
    void closed(
            Side lotSide,
            long openingTradeNo,
            @Nullable String openingFillId,
            long lots,
            long openTicks,
            long closeTicks);

    /** The same of an account that has left ticks and lots behind. */
    void closedWide(
            Side lotSide,
            long openingTradeNo,
            @Nullable String openingFillId,
            Decimal quantity,
            Decimal openPrice,
            Decimal closePrice);
}
