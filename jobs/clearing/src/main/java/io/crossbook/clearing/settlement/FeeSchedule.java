package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import java.util.List;

/**
 * Fees by volume. The tier with the largest volume at or below what a member traded that day applies to all its trades
 * of the day, from the first; below the lowest tier an instrument's own basis points apply.
 *
 * @param tiers by volume ascending, no volume twice
 */
public record FeeSchedule(List<FeeTier> tiers) {
    /** Every instrument's own basis points, whatever the volume. */
    public static final FeeSchedule NONE = new FeeSchedule(List.of());

    public FeeSchedule {
        tiers = List.copyOf(tiers);
        for (int i = 1; i < tiers.size(); i++) {
            Decimal before = tiers.get(i - 1).tierVolume();
            Decimal volume = tiers.get(i).tierVolume();
            if (volume.compareTo(before) <= 0) {
                throw new IllegalArgumentException("tier_volume must rise, was " + volume + " after " + before);
            }
        }
    }

    /**
     * What applies to a member.
     *
     * @param own what applies below the lowest tier: the instrument's own basis points
     * @param volume the member's Σ notional of the day in the instrument's currency, bought and sold, maker and taker;
     *     zero or more
     */
    public FeeTier tierFor(FeeTier own, Decimal volume) {
        FeeTier applying = own;
        for (FeeTier tier : tiers) {
            if (tier.tierVolume().compareTo(volume) > 0) {
                break;
            }
            applying = tier;
        }
        return applying;
    }
}
