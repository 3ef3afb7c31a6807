package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A running sum of products of two {@code long}s, exact in 128 bits. It does not look out for overflow: {@link TickHolding}
 * tells why its sums stay within.
 */
final class ExactSum {
    private long high;
    private long low;

    void addProduct(long a, long b) {
        long productLow = a * b;
        long sumLow = low + productLow;
        long carry = Long.compareUnsigned(sumLow, productLow) < 0 ? 1 : 0;
        high += Math.multiplyHigh(a, b) + carry;
        low = sumLow;
    }

    /** This many units, exactly. */
    Decimal times(Decimal unit) {
        return times(high, low, unit);
    }

    /** How many units the product of two numbers is above this sum, exactly; both must be of less than 2^126. */
    Decimal below(long a, long b, Decimal unit) {
        long productLow = a * b;
        long borrow = Long.compareUnsigned(productLow, low) < 0 ? 1 : 0;
        return times(Math.multiplyHigh(a, b) - high - borrow, productLow - low, unit);
    }

    private static Decimal times(long high, long low, Decimal unit) {
        return high == low >> 63 ? unit.times(low) : toDecimal(high, low).times(unit);
    }

    /** The mean price of so many lots that cost this sum of ticks times lots, both of them with the sign of the position. */
    Decimal averagePrice(Instrument instrument, long lots) {
        boolean isShort = lots < 0;
        long lower = isShort ? -low : low;
        // The carry of a negation goes on into the upper half only where the lower one is zero.
        long upper = isShort ? low == 0 ? -high : ~high : high;
        return instrument.averagePrice(upper, lower, Math.abs(lots));
    }

    private static Decimal toDecimal(long high, long low) {
        BigInteger lower = new BigInteger(Long.toUnsignedString(low));
        return Decimal.of(new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).add(lower)));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(high);
        out.writeLong(low);
    }

    void readFrom(DataInput in) throws IOException {
        high = in.readLong();
        low = in.readLong();
    }
}
