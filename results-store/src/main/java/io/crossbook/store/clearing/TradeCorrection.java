package io.crossbook.store.clearing;

import io.crossbook.model.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * A trade that was busted, or is to count with another price or quantity.
 *
 * @param version of several for one trade, the highest counts
 * @param price {@code null}: as it was
 * @param quantity {@code null}: as it was
 */
public record TradeCorrection(
        String tradeId,
        int version,
        Action action,
        @Nullable Decimal price,
        @Nullable Decimal quantity,
        String reason) {
    /** What becomes of the trade. */
    public enum Action {
        CANCEL,
        CORRECT
    }
}
