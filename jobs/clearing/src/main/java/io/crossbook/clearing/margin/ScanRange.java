package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;

/**
 * The largest price move that margin is to cover.
 *
 * @param size zero or more: price points, or a fraction of the settlement price
 * @param ofPrice whether {@code size} is a fraction of the settlement price
 */
public record ScanRange(Decimal size, boolean ofPrice) {
    public ScanRange {
        if (size.signum() < 0) {
            throw new IllegalArgumentException("a scan range must be zero or more, was " + size);
        }
    }

    /** Price points at that settlement price; zero or more. */
    Decimal points(Decimal settlementPx) {
        return ofPrice ? settlementPx.abs().times(size) : size;
    }
}
