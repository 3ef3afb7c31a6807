package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.List;

/**
 * What a member's positions in one currency require.
 *
 * @param requirement in currency, zero or more, not rounded to the minor unit
 * @param lines its inputs and steps, in the order of the computation
 */
public record MarginRequirement(String currency, Decimal requirement, List<MarginLine> lines) {
    public MarginRequirement {
        if (requirement.signum() < 0) {
            throw new IllegalArgumentException(currency + ": a requirement is zero or more, was " + requirement);
        }
        lines = List.copyOf(lines);
    }
}
