package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;

/**
 * What a member pays from a volume on. A fee is {@code notional × basis points / 10000} in currency, exact; above zero
 * is paid by the member, below zero is a rebate to it.
 *
 * @param tierVolume notional volume in currency from which the tier applies, zero or more
 * @param makerBps basis points of notional for a resting order
 * @param takerBps basis points of notional for an aggressor
 */
public record FeeTier(Decimal tierVolume, Decimal makerBps, Decimal takerBps) {
    private static final Decimal BASIS_POINT = Decimal.of(1, 4);

    public FeeTier {
        if (tierVolume.signum() < 0) {
            throw new IllegalArgumentException("tier_volume must be zero or more, was " + tierVolume);
        }
    }

    public Decimal makerFee(Decimal notional) {
        return notional.times(makerBps).times(BASIS_POINT);
    }

    public Decimal takerFee(Decimal notional) {
        return notional.times(takerBps).times(BASIS_POINT);
    }
}
