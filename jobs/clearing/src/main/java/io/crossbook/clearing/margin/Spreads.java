package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spreads that a portfolio forms, and the groups of contracts that they tie together.
 *
 * <p>The pairs are taken in the order of the margin file, each as far as both legs last: {@code min(|long|, |short|)}
 * of what earlier pairs left. Contracts are in one group exactly when spreads that were formed join them. A spread uses
 * up one of its legs, so at most one contract of a group has something left over: within a group nothing offsets
 * anything without a charge. Two contracts that are related only through a third, which the member does not hold, stand
 * alone.
 */
final class Spreads {
    /** Spreads of one pair, above zero. */
    record Formed(SpreadPair pair, Decimal count) {
        Decimal charge() {
            return count.times(pair.charge());
        }
    }

    private final Map<String, Decimal> left = new HashMap<>();
    private final Map<String, Set<String>> groupOf = new LinkedHashMap<>();
    private final List<Formed> formed = new ArrayList<>();

    /** The spreads among these positions of one currency. */
    Spreads(List<MarginPosition> open, List<SpreadPair> pairs) {
        for (MarginPosition position : open) {
            left.put(position.instrument(), position.quantity());
            groupOf.put(position.instrument(), new LinkedHashSet<>(Set.of(position.instrument())));
        }
        for (SpreadPair pair : pairs) {
            form(pair);
        }
    }

    private void form(SpreadPair pair) {
        Decimal first = left.getOrDefault(pair.first(), Decimal.ZERO);
        Decimal second = left.getOrDefault(pair.second(), Decimal.ZERO);
        if (first.signum() * second.signum() >= 0) {
            return;
        }
        Decimal count = first.abs().compareTo(second.abs()) <= 0 ? first.abs() : second.abs();
        formed.add(new Formed(pair, count));
        left.put(pair.first(), towardsZero(first, count));
        left.put(pair.second(), towardsZero(second, count));
        join(pair.first(), pair.second());
    }

    private static Decimal towardsZero(Decimal quantity, Decimal count) {
        return quantity.signum() > 0 ? quantity.minus(count) : quantity.plus(count);
    }

    private void join(String one, String other) {
        Set<String> group = groupOf.get(one);
        Set<String> joining = groupOf.get(other);
        if (group != joining) {
            group.addAll(joining);
            joining.forEach(member -> groupOf.put(member, group));
        }
    }

    /** In the order of the pairs. */
    List<Formed> formed() {
        return formed;
    }

    /** Every open contract in exactly one group; groups and members by their first position. */
    List<Set<String>> groups() {
        return List.copyOf(new LinkedHashSet<>(groupOf.values()));
    }
}
