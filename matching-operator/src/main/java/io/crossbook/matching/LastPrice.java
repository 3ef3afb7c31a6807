package io.crossbook.matching;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last trade price in ticks; before the first trade the reference price, which need not be a whole tick. Stops,
 * band and auction ask it, so each question is answered exactly for both.
 */
final class LastPrice {
    private static final long BPS_PER_UNIT = 10_000;

    private final BigDecimal tickSize;
    private final @Nullable BigDecimal reference;
    private final @Nullable BigDecimal bandBps;
    /** {@code price_band_bps / 10000} as a fraction of two whole numbers. */
    private final long bandNumerator;

    private final long bandDenominator;

    private boolean traded;
    private long floor;
    private long ceiling;
    private long bandFor = OrderTicket.NONE;
    private long bandLow;
    private long bandHigh;

    LastPrice(MarketRules rules) {
        tickSize = rules.tickSize();
        reference = rules.referencePrice();
        bandBps = rules.priceBandBps();
        BigDecimal fraction =
                bandBps == null ? BigDecimal.ZERO : bandBps.movePointLeft(4).stripTrailingZeros();
        BigInteger denominator = BigInteger.TEN.pow(Math.max(0, fraction.scale()));
        BigInteger numerator = fraction.multiply(new BigDecimal(denominator)).toBigIntegerExact();
        boolean fits = numerator.bitLength() <= 62 && denominator.bitLength() <= 62;
        bandNumerator = fits ? numerator.longValue() : -1;
        bandDenominator = fits ? denominator.longValue() : BPS_PER_UNIT;
        if (reference != null) {
            floor = ticks(reference, RoundingMode.FLOOR);
            ceiling = ticks(reference, RoundingMode.CEILING);
        }
    }

    private long ticks(BigDecimal price, RoundingMode rounding) {
        return price.divide(tickSize, 0, rounding)
                .toBigInteger()
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.ZERO)
                .longValue();
    }

    boolean isKnown() {
        return traded || reference != null;
    }

    boolean hasTraded() {
        return traded;
    }

    /** Whole ticks of the last trade. */
    long traded() {
        return floor;
    }

    void trade(long price) {
        traded = true;
        floor = price;
        ceiling = price;
    }

    /** Whether a stop is at or through: a sell stop at or above the last price, a buy stop at or below it. */
    boolean reaches(boolean buyStop, long stopPrice) {
        return isKnown() && (buyStop ? stopPrice <= floor : stopPrice >= ceiling);
    }

    /** Lowest stop price that a sell stop must have to be at or through. */
    long ceiling() {
        return ceiling;
    }

    /** Highest stop price that a buy stop may have to be at or through. */
    long floor() {
        return floor;
    }

    /** Whether {@code higher} is at least as near as {@code lower}, a smaller price. */
    boolean isNearerOrTied(long higher, long lower) {
        // Between them the nearer one is on the last price's side of the middle; beyond them the same test holds.
        if (traded || reference == null) {
            return lower + higher <= 2 * floor;
        }
        return BigDecimal.valueOf(lower + higher).multiply(tickSize).compareTo(reference.add(reference)) <= 0;
    }

    /** Whether a price is within the band around the last price, edges included. */
    boolean isInBand(long price) {
        if (bandBps == null || !isKnown()) {
            return true;
        }
        if (!traded) {
            updateBandExactly(Objects.requireNonNull(reference));
        } else if (bandFor != floor) {
            updateBand();
        }
        return price >= bandLow && price <= bandHigh;
    }

    private void updateBand() {
        long low = floor * bandNumerator;
        if (bandNumerator >= 0 && low >= 0 && Math.multiplyHigh(floor, bandNumerator) == 0) {
            long distance = low / bandDenominator;
            bandLow = floor - distance;
            bandHigh = floor + distance < 0 ? Long.MAX_VALUE : floor + distance;
        } else {
            updateBandExactly(BigDecimal.valueOf(floor).multiply(tickSize));
        }
        bandFor = floor;
    }

    private void updateBandExactly(BigDecimal last) {
        BigDecimal distance = last.multiply(Objects.requireNonNull(bandBps)).movePointLeft(4);
        bandLow = ticks(last.subtract(distance), RoundingMode.CEILING);
        bandHigh = ticks(last.add(distance), RoundingMode.FLOOR);
    }
}
