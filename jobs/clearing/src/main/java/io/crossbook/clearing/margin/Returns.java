package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Past returns: what happened to all instruments together, scenario by scenario.
 *
 * @param scenarios what each is called, usually its date
 * @param byInstrument fractions of the price, −0.04 for a fall of four in a hundred; one per scenario, in their order
 */
public record Returns(List<String> scenarios, Map<String, List<Decimal>> byInstrument) {
    public static final Returns NONE = new Returns(List.of(), Map.of());

    public Returns {
        scenarios = List.copyOf(scenarios);
        byInstrument = copied(byInstrument);
        for (Map.Entry<String, List<Decimal>> series : byInstrument.entrySet()) {
            if (series.getValue().size() != scenarios.size()) {
                throw new IllegalArgumentException(series.getKey() + " has "
                        + series.getValue().size() + " returns for " + scenarios.size() + " scenarios");
            }
        }
    }

    /** Of series that have no names for their scenarios: these are numbered from 1. */
    public static Returns numbered(Map<String, List<Decimal>> byInstrument) {
        int count = byInstrument.values().stream().mapToInt(List::size).max().orElse(0);
        List<String> numbers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            numbers.add(Integer.toString(i));
        }
        return new Returns(numbers, byInstrument);
    }

    private static Map<String, List<Decimal>> copied(Map<String, List<Decimal>> byInstrument) {
        Map<String, List<Decimal>> copy = new HashMap<>();
        byInstrument.forEach((instrument, series) -> copy.put(instrument, List.copyOf(series)));
        return Map.copyOf(copy);
    }
}
