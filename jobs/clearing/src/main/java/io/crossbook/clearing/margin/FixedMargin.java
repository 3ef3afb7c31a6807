package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A percentage of the value of each position: {@code Σ |quantity × multiplier × settlementPx| × rate} in currency. Long
 * and short require the same, and nothing offsets anything.
 *
 * <p>Lines: one {@code POSITION} each with its rate; their amounts add up to the requirement.
 *
 * @param source where the rates come from, for messages
 * @param rate of instruments without one of their own, as a fraction; absent if only the named ones have one
 * @param rates of single instruments, as fractions; they win over {@code rate}
 */
public record FixedMargin(String source, @Nullable Decimal rate, Map<String, Decimal> rates) implements MarginModel {
    public FixedMargin {
        rates = Map.copyOf(rates);
        if (rate != null) {
            requireNotNegative("rate", rate);
        }
        rates.forEach(FixedMargin::requireNotNegative);
    }

    private static void requireNotNegative(String name, Decimal rate) {
        if (rate.signum() < 0) {
            throw new IllegalArgumentException("rate of " + name + " must be zero or more, was " + rate);
        }
    }

    @Override
    public MarginKind kind() {
        return MarginKind.FIXED;
    }

    @Override
    public MarginRequirement requirement(String currency, List<MarginPosition> open) {
        Decimal sum = Decimal.ZERO;
        List<MarginLine> lines = new ArrayList<>();
        for (MarginPosition position : open) {
            Decimal ownRate = rateOf(position.instrument());
            Decimal amount = position.value().abs().times(ownRate);
            lines.add(MarginLine.position(position, ownRate, amount));
            sum = sum.plus(amount);
        }
        return new MarginRequirement(currency, sum, lines);
    }

    private Decimal rateOf(String instrument) {
        Decimal own = rates.getOrDefault(instrument, rate);
        if (own == null) {
            throw new IllegalArgumentException(source + ": no rate for " + instrument + "; add \"" + instrument
                    + ": 8%\" under rates in the margin file, or a rate for all instruments");
        }
        return own;
    }
}
