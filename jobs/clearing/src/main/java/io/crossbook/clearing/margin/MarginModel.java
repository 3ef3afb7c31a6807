package io.crossbook.clearing.margin;

import io.crossbook.model.Utf8Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a requirement follows from a member's positions. Nothing is added across currencies; every number is exact, the
 * only quotient and the only root name their digits.
 */
public sealed interface MarginModel permits FixedMargin, ScanMargin, HistoricalVar {
    MarginKind kind();

    /**
     * The requirements of one member.
     *
     * @param positions at most one per instrument; those of quantity zero require nothing
     * @return one per currency with an open position, by currency; none without a position
     * @throws IllegalArgumentException if an instrument is there twice, or if the model knows nothing of one; the
     *     message names the instrument and the key to add to the margin file
     */
    default List<MarginRequirement> requirements(Collection<MarginPosition> positions) {
        Map<String, List<MarginPosition>> byCurrency = new TreeMap<>(Utf8Order.INSTANCE);
        Set<String> seen = new HashSet<>();
        for (MarginPosition position : positions) {
            if (!seen.add(position.instrument())) {
                throw new IllegalArgumentException(
                        position.instrument() + " is there twice; a member has one position per instrument");
            }
            if (!position.quantity().isZero()) {
                byCurrency
                        .computeIfAbsent(position.currency(), currency -> new ArrayList<>())
                        .add(position);
            }
        }
        List<MarginRequirement> requirements = new ArrayList<>();
        byCurrency.forEach((currency, open) -> {
            open.sort(Comparator.comparing(MarginPosition::instrument, Utf8Order.INSTANCE));
            requirements.add(requirement(currency, open));
        });
        return requirements;
    }

    /**
     * The requirement of one currency.
     *
     * @param open positions of that currency by instrument, each instrument once, none of quantity zero, at least one
     */
    MarginRequirement requirement(String currency, List<MarginPosition> open);
}
