package io.crossbook.store.rows;

import io.crossbook.model.Decimal;
import io.crossbook.model.MarketInput;
import io.crossbook.model.PnlEvent;
import io.crossbook.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code fills}: a trade made elsewhere that was booked.
 *
 * @param fee negative is a rebate
 */
public record FillRow(
        String instrument,
        long sequence,
        long timestamp,
        String tradeId,
        String clientId,
        Side side,
        Decimal price,
        Decimal quantity,
        Decimal fee,
        @Nullable String orderId)
        implements FileRow {
    public static FillRow of(PnlEvent.FillBooked booked) {
        MarketInput.ExternalFill fill = booked.fill();
        return new FillRow(
                fill.instrument(),
                booked.sequence(),
                fill.transactTime(),
                fill.tradeId(),
                fill.clientId(),
                fill.side(),
                fill.price(),
                fill.quantity(),
                fill.fee(),
                fill.orderId());
    }

    @Override
    public void writeFileColumns(RowOutput out) {
        out.text(instrument())
                .number(sequence())
                .number(timestamp())
                .text(tradeId())
                .text(clientId())
                .word(side())
                .decimal(price())
                .decimal(quantity())
                .decimal(fee())
                .text(orderId());
    }
}
