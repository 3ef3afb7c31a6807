package io.crossbook.clearing.margin;

import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The worst of seven price moves, and a charge for each spread: for every group of contracts that spreads tie together
 * (see {@link Spreads}) the largest of {@code Σ −quantity × multiplier × range × move} over the moves 0, ±1/3, ±2/3,
 * ±1, with all contracts of the group moved by the same fraction of their own ranges; plus {@code charge × spreads
 * formed}. A contract in no spread is a group of its own.
 *
 * <p>Check: long 10 (50 a lot) and short 6 (45 a lot), 20 per spread: {@code 10 × 50 − 6 × 45 + 6 × 20 = 350}. The
 * moves are those of SPAN's price scan without its volatility scan, which only options need.
 *
 * <p>Thirds of a move are compared three times as large, in whole thirds, so that the requirement is exact. The line of
 * a scenario at a third shows its loss rounded half-even at {@value #SHOWN_DIGITS} digits behind the point, or at as
 * many as the positions bring.
 *
 * <p>Lines: a {@code POSITION} each with its range in price points and what a full move up would earn; per group seven
 * {@code SCENARIO} and the {@code WORST} of them; a {@code SPREAD} for each pair formed. The requirement is the sum of
 * {@code WORST} and {@code SPREAD}.
 *
 * @param source where the ranges come from, for messages
 * @param range of instruments without one of their own; absent if only the named ones have one
 * @param ranges of single instruments; they win over {@code range}
 * @param pairs related contracts, the first to be formed first; legs in two currencies form no spread
 */
public record ScanMargin(
        String source, @Nullable ScanRange range, Map<String, ScanRange> ranges, List<SpreadPair> pairs)
        implements MarginModel {
    static final int SHOWN_DIGITS = 12;

    private static final int FULL_MOVE = 3;
    /** The moves in thirds of the range; of equal losses the first counts. */
    private static final int[] MOVES = {0, 1, -1, 2, -2, FULL_MOVE, -FULL_MOVE};

    private static final String[] MOVE_WORDS = {"0", "1/3", "-1/3", "2/3", "-2/3", "1", "-1"};

    public ScanMargin {
        ranges = Map.copyOf(ranges);
        pairs = List.copyOf(pairs);
    }

    @Override
    public MarginKind kind() {
        return MarginKind.SCAN;
    }

    @Override
    public MarginRequirement requirement(String currency, List<MarginPosition> open) {
        List<MarginLine> lines = new ArrayList<>();
        Map<String, Decimal> fullMoves = new LinkedHashMap<>();
        for (MarginPosition position : open) {
            Decimal points = rangeOf(position.instrument()).points(position.settlementPx());
            Decimal fullMove = position.quantity().times(position.multiplier()).times(points);
            fullMoves.put(position.instrument(), fullMove);
            lines.add(MarginLine.position(position, points, fullMove));
        }
        Spreads spreads = new Spreads(open, pairs);
        Decimal sum = Decimal.ZERO;
        for (Set<String> group : spreads.groups()) {
            sum = sum.plus(worstLoss(group, fullMoves, lines));
        }
        for (Spreads.Formed formed : spreads.formed()) {
            lines.add(spreadLine(formed));
            sum = sum.plus(formed.charge());
        }
        return new MarginRequirement(currency, sum, lines);
    }

    private ScanRange rangeOf(String instrument) {
        ScanRange own = ranges.getOrDefault(instrument, range);
        if (own == null) {
            throw new IllegalArgumentException(source + ": no scan range for " + instrument + "; add \"" + instrument
                    + ": 5%\" under scan_ranges in the margin file, or a scan_range for all instruments");
        }
        return own;
    }

    /** The largest loss of the group, zero or more, with its scenarios added to {@code lines}. */
    private static Decimal worstLoss(Set<String> group, Map<String, Decimal> fullMoves, List<MarginLine> lines) {
        Decimal earnedByFullMove = Decimal.ZERO;
        for (String instrument : group) {
            earnedByFullMove = earnedByFullMove.plus(fullMoves.get(instrument));
        }
        String item = String.join("+", group);
        int worst = 0;
        Decimal worstThirds = Decimal.ZERO;
        for (int i = 0; i < MOVES.length; i++) {
            Decimal lossThirds = earnedByFullMove.times(-MOVES[i]);
            if (lossThirds.compareTo(worstThirds) > 0) {
                worst = i;
                worstThirds = lossThirds;
            }
            lines.add(MarginLine.step(MarginLine.Part.SCENARIO, item, null, MOVE_WORDS[i], third(lossThirds)));
        }
        Decimal loss = third(worstThirds);
        lines.add(MarginLine.step(MarginLine.Part.WORST, item, null, MOVE_WORDS[worst], loss));
        return loss;
    }

    /** Exact for a move of none and a full move, one of which is always the worst: the loss is linear in the move. */
    private static Decimal third(Decimal thirds) {
        return thirds.dividedBy(Decimal.of(FULL_MOVE), Math.max(SHOWN_DIGITS, thirds.scale()));
    }

    private static MarginLine spreadLine(Spreads.Formed formed) {
        SpreadPair pair = formed.pair();
        return MarginLine.step(
                MarginLine.Part.SPREAD,
                pair.first() + '/' + pair.second(),
                formed.count(),
                pair.charge().toString(),
                formed.charge());
    }
}
