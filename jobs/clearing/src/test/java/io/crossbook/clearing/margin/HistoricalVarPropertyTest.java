package io.crossbook.clearing.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Value-at-risk by counting instead of sorting, in fractions; a failure names seed and step. */
class HistoricalVarPropertyTest {
    private static final int PORTFOLIOS = 200;

    private record Portfolio(List<MarginPosition> positions, HistoricalVar model) {}

    private static Portfolio portfolio(Random random) {
        int scenarios = 1 + random.nextInt(40);
        List<MarginPosition> positions = new ArrayList<>();
        Map<String, List<Decimal>> returns = new TreeMap<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            positions.add(new MarginPosition(
                    "I" + i,
                    "USD",
                    Decimal.of(1 + random.nextInt(50), 1),
                    Decimal.of(1 + random.nextInt(9)).times(random.nextBoolean() ? 1 : -1),
                    Decimal.of(random.nextInt(20_000) - 2_000, 2)));
            List<Decimal> series = new ArrayList<>();
            for (int s = 0; s < scenarios; s++) {
                // Few different values, so that losses are equal now and then.
                series.add(Decimal.of(random.nextInt(21) - 10, 2));
            }
            returns.put("I" + i, series);
        }
        return new Portfolio(
                positions,
                new HistoricalVar(
                        "test",
                        Returns.numbered(returns),
                        Decimal.of(1 + random.nextInt(99), 2),
                        (int) Math.pow(1 + random.nextInt(4), 2),
                        Decimal.of(random.nextInt(10), 2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithCountingLossesInFractions(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < PORTFOLIOS; step++) {
            Portfolio portfolio = portfolio(random);
            Decimal required =
                    portfolio.model().requirements(portfolio.positions()).get(0).requirement();
            assertThat(Fraction.of(required))
                    .as("seed %d, step %d, %s", seed, step, portfolio)
                    .isEqualByComparingTo(slowRequirement(portfolio));
        }
    }

    /** Holding periods are squares here, so that the root is a whole number. */
    private static Fraction slowRequirement(Portfolio portfolio) {
        HistoricalVar model = portfolio.model();
        List<Fraction> losses = new ArrayList<>();
        for (int s = 0; s < model.returns().scenarios().size(); s++) {
            Fraction loss = Fraction.ZERO;
            for (MarginPosition each : portfolio.positions()) {
                Decimal move =
                        model.returns().byInstrument().get(each.instrument()).get(s);
                loss = loss.plus(value(each).times(Fraction.of(move)).times(Fraction.of(-1, 1)));
            }
            losses.add(loss);
        }
        int root = 1;
        while (root * root < model.holdingDays()) {
            root++;
        }
        Fraction scaled = counting(losses, model.confidence()).times(Fraction.of(root, 1));
        Fraction gross = portfolio.positions().stream()
                .map(each -> value(each).max(value(each).times(Fraction.of(-1, 1))))
                .reduce(Fraction.ZERO, Fraction::plus);
        return scaled.max(gross.times(Fraction.of(model.floor()))).max(Fraction.ZERO);
    }

    private static Fraction value(MarginPosition position) {
        return Fraction.of(position.quantity())
                .times(Fraction.of(position.multiplier()))
                .times(Fraction.of(position.settlementPx()));
    }

    /** The loss that at most {@code n × (1 − confidence)} others exceed, and that enough others reach. */
    private static Fraction counting(List<Fraction> losses, Decimal confidence) {
        Fraction beyond = Fraction.of(losses.size(), 1)
                .times(Fraction.of(1, 1).plus(Fraction.of(confidence).times(Fraction.of(-1, 1))));
        for (Fraction candidate : losses) {
            long larger = losses.stream()
                    .filter(each -> each.compareTo(candidate) > 0)
                    .count();
            long asLarge = losses.stream()
                    .filter(each -> each.compareTo(candidate) >= 0)
                    .count();
            boolean fewExceed = Fraction.of(larger, 1).compareTo(beyond) <= 0;
            if (fewExceed && Fraction.of(asLarge, 1).compareTo(beyond) > 0) {
                return candidate;
            }
        }
        throw new AssertionError("no loss counts of " + losses);
    }
}
