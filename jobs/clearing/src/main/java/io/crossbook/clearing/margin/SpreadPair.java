package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;

/**
 * Two related contracts. A position long in one and short in the other is a spread, whichever is which: their moves
 * offset each other, and each spread costs a charge.
 *
 * @param charge currency per spread, which is one of quantity in each leg; zero or more
 */
public record SpreadPair(String first, String second, Decimal charge) {
    public SpreadPair {
        if (first.equals(second)) {
            throw new IllegalArgumentException("a spread needs two instruments, both legs are " + first);
        }
        if (charge.signum() < 0) {
            throw new IllegalArgumentException(first + '/' + second + ": charge must be zero or more, was " + charge);
        }
    }

    public boolean isOf(String one, String other) {
        return first.equals(one) && second.equals(other) || first.equals(other) && second.equals(one);
    }
}
