package io.crossbook.pnl;

import io.crossbook.model.Decimal;
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

    Decimal toDecimal() {
        if (high == low >> 63) {
            return Decimal.of(low);
        }
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
