package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;

/**
 * Variation margin of one member in one future for one clearing business date.
 *
 * <p>{@code k · [q₋₁ · (S − S₋₁) + Σ qᵢ · (S − Pᵢ)]} with the multiplier {@code k}, the quantity {@code q₋₁} carried from the
 * previous settlement, the settlement prices {@code S} and {@code S₋₁}, and the day's legs {@code qᵢ} at {@code Pᵢ}. The sum
 * needs the legs only as {@code Σ qᵢ} and {@code Σ qᵢ · Pᵢ}. Exact; above zero is paid to the member. Source: daily
 * mark-to-market of futures, as in the rules of CME (chapter 8F) and B3.
 */
public final class VariationMargin {
    private VariationMargin() {}

    /**
     * Computes it.
     *
     * @param carried signed quantity held at the previous settlement, zero for a new position
     * @param priorSettlementPx the SettlPrice(730) of the previous clearing; any, if nothing was carried
     * @param traded signed sum of the day's quantities
     * @param tradedValue sum of signed quantity times price of the day's legs
     */
    public static Decimal of(
            Decimal multiplier,
            Decimal carried,
            Decimal priorSettlementPx,
            Decimal traded,
            Decimal tradedValue,
            Decimal settlementPx) {
        Decimal onCarried = carried.times(settlementPx.minus(priorSettlementPx));
        Decimal onTraded = traded.times(settlementPx).minus(tradedValue);
        return multiplier.times(onCarried.plus(onTraded));
    }
}
