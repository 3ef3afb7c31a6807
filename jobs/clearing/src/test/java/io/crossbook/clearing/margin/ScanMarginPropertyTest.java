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

/** The scan against one that pairs lot by lot and computes in fractions; a failure names seed and step. */
class ScanMarginPropertyTest {
    private static final int PORTFOLIOS = 300;
    private static final int INSTRUMENTS = 6;
    private static final int MOST_LOTS = 8;

    private record Portfolio(List<MarginPosition> positions, ScanMargin model) {}

    private static Portfolio portfolio(Random random) {
        List<MarginPosition> positions = new ArrayList<>();
        Map<String, ScanRange> ranges = new TreeMap<>();
        List<SpreadPair> pairs = new ArrayList<>();
        for (int i = 0; i < INSTRUMENTS; i++) {
            String name = "I" + i;
            positions.add(new MarginPosition(
                    name,
                    "USD",
                    Decimal.of(1 + random.nextInt(50), 1),
                    Decimal.of(random.nextInt(2 * MOST_LOTS + 1) - MOST_LOTS),
                    Decimal.of(random.nextInt(20_000) - 2_000, 2)));
            ranges.put(name, new ScanRange(Decimal.of(random.nextInt(1_000), 3), random.nextBoolean()));
            for (int other = 0; other < i; other++) {
                if (random.nextInt(3) == 0) {
                    pairs.add(
                            random.nextInt(pairs.size() + 1),
                            new SpreadPair(name, "I" + other, Decimal.of(random.nextInt(500), 2)));
                }
            }
        }
        return new Portfolio(positions, new ScanMargin("test", null, ranges, pairs));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithPairingLotByLotInFractions(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < PORTFOLIOS; step++) {
            Portfolio portfolio = portfolio(random);
            Fraction required = portfolio.model().requirements(portfolio.positions()).stream()
                    .map(each -> Fraction.of(each.requirement()))
                    .reduce(Fraction.ZERO, Fraction::plus);
            assertThat(required)
                    .as("seed %d, step %d, %s", seed, step, portfolio)
                    .isEqualByComparingTo(slowRequirement(portfolio));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void isTheSumOfItsWorstLossesAndItsCharges(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < PORTFOLIOS; step++) {
            Portfolio portfolio = portfolio(random);
            for (MarginRequirement each : portfolio.model().requirements(portfolio.positions())) {
                Decimal sum = each.lines().stream()
                        .filter(line -> line.part() == MarginLine.Part.WORST || line.part() == MarginLine.Part.SPREAD)
                        .map(MarginLine::amount)
                        .reduce(Decimal.ZERO, Decimal::plus);
                assertThat(each.requirement())
                        .as("seed %d, step %d, %s", seed, step, portfolio)
                        .isEqualTo(sum);
            }
        }
    }

    private static Fraction slowRequirement(Portfolio portfolio) {
        Map<String, Integer> lots = new TreeMap<>();
        Map<String, Integer> label = new TreeMap<>();
        for (MarginPosition each : portfolio.positions()) {
            lots.put(each.instrument(), each.quantity().toBigDecimal().intValueExact());
            label.put(each.instrument(), label.size());
        }
        Fraction required = Fraction.ZERO;
        for (SpreadPair pair : portfolio.model().pairs()) {
            while (lots.get(pair.first()) * lots.get(pair.second()) < 0) {
                lots.merge(pair.first(), -Integer.signum(lots.get(pair.first())), Integer::sum);
                lots.merge(pair.second(), -Integer.signum(lots.get(pair.second())), Integer::sum);
                required = required.plus(Fraction.of(pair.charge()));
                int to = label.get(pair.first());
                int from = label.get(pair.second());
                label.replaceAll((name, own) -> own == from ? to : own);
            }
        }
        for (int group = 0; group < INSTRUMENTS; group++) {
            required = required.plus(slowWorst(portfolio, label, group));
        }
        return required;
    }

    private static Fraction slowWorst(Portfolio portfolio, Map<String, Integer> label, int group) {
        Fraction worst = Fraction.ZERO;
        for (int thirds = -3; thirds <= 3; thirds++) {
            Fraction loss = Fraction.ZERO;
            for (MarginPosition each : portfolio.positions()) {
                if (label.get(each.instrument()) == group) {
                    ScanRange range = portfolio.model().ranges().get(each.instrument());
                    Fraction move = Fraction.of(thirds, 3).times(Fraction.of(range.size()));
                    if (range.ofPrice()) {
                        move = move.times(Fraction.of(each.settlementPx().abs()));
                    }
                    loss = loss.plus(move.times(Fraction.of(each.quantity()))
                            .times(Fraction.of(each.multiplier()))
                            .times(Fraction.of(-1, 1)));
                }
            }
            worst = worst.max(loss);
        }
        return worst;
    }
}
