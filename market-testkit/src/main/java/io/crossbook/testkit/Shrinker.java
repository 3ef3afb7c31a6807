package io.crossbook.testkit;

import io.crossbook.model.MarketInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing list of commands short, by leaving out ever smaller runs of it as long as it still fails. */
public final class Shrinker {
    private Shrinker() {}

    /**
     * @param failing commands for which {@code fails} holds
     * @return a part of them, in order, that still fails and from which no single command can be left out
     */
    public static List<MarketInput> shrink(List<MarketInput> failing, Predicate<List<MarketInput>> fails) {
        List<MarketInput> shortest = failing;
        int run = Math.max(1, failing.size() / 2);
        while (true) {
            List<MarketInput> shorter = withoutRunsOf(run, shortest, fails);
            boolean nothingLeftOut = shorter.size() == shortest.size();
            if (run == 1 && nothingLeftOut) {
                return shorter;
            }
            run = nothingLeftOut || run > shorter.size() ? Math.max(1, run / 2) : run;
            shortest = shorter;
        }
    }

    private static List<MarketInput> withoutRunsOf(
            int run, List<MarketInput> commands, Predicate<List<MarketInput>> fails) {
        List<MarketInput> shortest = commands;
        for (int from = 0; from < shortest.size(); ) {
            List<MarketInput> candidate = new ArrayList<>(shortest.subList(0, from));
            candidate.addAll(shortest.subList(Math.min(from + run, shortest.size()), shortest.size()));
            if (fails.test(candidate)) {
                shortest = candidate;
            } else {
                from += run;
            }
        }
        return shortest;
    }
}
