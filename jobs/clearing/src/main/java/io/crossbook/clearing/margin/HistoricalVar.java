package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Historical value-at-risk: the loss that past returns would exceed only so often, with a stress floor.
 *
 * <p>The loss of scenario s is {@code −Σ quantity × multiplier × settlementPx × return(s)} over all positions in the
 * currency. Losses are sorted descending; the one at rank {@code floor(n × (1 − confidence)) + 1} of n counts, with
 * {@code n × (1 − confidence)} in exact decimals. It is scaled by {@code √holdingDays}; the root is rounded half-even
 * at {@value #ROOT_DIGITS} significant digits, and exact for 1, 4, 9… days. The requirement is the largest of that, of
 * {@code floor × Σ |quantity × multiplier × settlementPx|} and of zero.
 *
 * <p>Check: returns −4, −3, −2, −1, 0, 0, 1, 2, 3, 4 %, a long position worth 7157.50, 90 %: rank 2, 214.7250.
 *
 * <p>Lines: a {@code POSITION} each with its value; all {@code SCENARIO}s by rank with the worst first; the {@code
 * WORST}, which is the one that counts, with its rank and the confidence; {@code HOLDING} and {@code FLOOR}.
 *
 * @param source where the returns come from, for messages
 * @param confidence between 0 and 1, both left out
 * @param holdingDays one or more
 * @param floor fraction of the gross value, zero or more
 */
public record HistoricalVar(String source, Returns returns, Decimal confidence, int holdingDays, Decimal floor)
        implements MarginModel {
    static final int ROOT_DIGITS = 20;

    public HistoricalVar {
        if (confidence.signum() <= 0 || confidence.compareTo(Decimal.ONE) >= 0) {
            throw new IllegalArgumentException("confidence must be between 0 and 1, was " + confidence);
        }
        if (holdingDays < 1) {
            throw new IllegalArgumentException("holding_days must be one or more, was " + holdingDays);
        }
        if (floor.signum() < 0) {
            throw new IllegalArgumentException("floor must be zero or more, was " + floor);
        }
    }

    private record ScenarioLoss(String scenario, Decimal loss) {}

    @Override
    public MarginKind kind() {
        return MarginKind.VAR;
    }

    @Override
    public MarginRequirement requirement(String currency, List<MarginPosition> open) {
        List<MarginLine> lines = new ArrayList<>();
        Decimal gross = Decimal.ZERO;
        for (MarginPosition position : open) {
            lines.add(MarginLine.position(position, null, position.value()));
            gross = gross.plus(position.value().abs());
        }
        List<ScenarioLoss> losses = lossesDescending(open);
        int rank = 0;
        for (ScenarioLoss each : losses) {
            lines.add(
                    MarginLine.step(MarginLine.Part.SCENARIO, each.scenario(), Decimal.of(++rank), null, each.loss()));
        }
        ScenarioLoss counting = losses.get(countingRank() - 1);
        lines.add(MarginLine.step(
                MarginLine.Part.WORST,
                counting.scenario(),
                Decimal.of(countingRank()),
                confidence.toString(),
                counting.loss()));
        Decimal scaled = counting.loss().times(rootOfDays());
        Decimal least = gross.times(floor);
        lines.add(MarginLine.step(
                MarginLine.Part.HOLDING,
                "days",
                Decimal.of(holdingDays),
                rootOfDays().toString(),
                scaled));
        lines.add(MarginLine.step(MarginLine.Part.FLOOR, "gross value", null, floor.toString(), least));
        return new MarginRequirement(currency, scaled.compareTo(least) >= 0 ? scaled : least, lines);
    }

    /** Of equal losses the earlier scenario comes first. */
    private List<ScenarioLoss> lossesDescending(List<MarginPosition> open) {
        List<List<Decimal>> series = new ArrayList<>();
        List<Decimal> values = new ArrayList<>();
        for (MarginPosition position : open) {
            series.add(returnsOf(position.instrument()));
            values.add(position.value());
        }
        List<ScenarioLoss> losses = new ArrayList<>();
        for (int s = 0; s < returns.scenarios().size(); s++) {
            Decimal earned = Decimal.ZERO;
            for (int i = 0; i < values.size(); i++) {
                earned = earned.plus(values.get(i).times(series.get(i).get(s)));
            }
            losses.add(new ScenarioLoss(returns.scenarios().get(s), earned.negate()));
        }
        losses.sort(Comparator.comparing(ScenarioLoss::loss).reversed());
        return losses;
    }

    private List<Decimal> returnsOf(String instrument) {
        List<Decimal> own = returns.byInstrument().getOrDefault(instrument, List.of());
        if (own.isEmpty()) {
            throw new IllegalArgumentException(source + ": no returns for " + instrument + "; add \"" + instrument
                    + ": [-1%, 0.5%, …]\" under returns in the margin file, or rows of it to the CSV file named there");
        }
        return own;
    }

    /** {@code floor(n × (1 − confidence)) + 1}, from 1 to n. */
    private int countingRank() {
        Decimal beyond = Decimal.of(returns.scenarios().size()).times(Decimal.ONE.minus(confidence));
        return beyond.toBigDecimal().setScale(0, RoundingMode.FLOOR).intValueExact() + 1;
    }

    private Decimal rootOfDays() {
        return Decimal.of(BigDecimal.valueOf(holdingDays).sqrt(new MathContext(ROOT_DIGITS, RoundingMode.HALF_EVEN)));
    }
}
