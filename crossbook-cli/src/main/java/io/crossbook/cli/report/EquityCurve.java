package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Net P&amp;L of a client in a currency at the end of each interval and of each day, exact. */
final class EquityCurve {
    /** Of fewer days a ratio says nothing. */
    static final int FEWEST_DAYS = 20;

    private static final int TRADING_DAYS_OF_A_YEAR = 252;
    private static final int SHARE_DIGITS = 6;

    private final Decimal[] changes;
    private final Map<Long, Decimal> changesOfDays = new HashMap<>();

    EquityCurve(int intervals) {
        changes = new Decimal[intervals];
        Arrays.fill(changes, Decimal.ZERO);
    }

    void add(int interval, long day, Decimal change) {
        changes[interval] = changes[interval].plus(change);
        changesOfDays.merge(day, change, Decimal::plus);
    }

    /** @param highest so far; the beginning, with nothing earned, is a height */
    private record Point(Decimal net, Decimal highest) {
        Decimal drawdown() {
            return net.minus(highest);
        }
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>(changes.length);
        Point last = new Point(Decimal.ZERO, Decimal.ZERO);
        for (Decimal change : changes) {
            Decimal net = last.net.plus(change);
            last = new Point(net, last.highest.compareTo(net) < 0 ? net : last.highest);
            points.add(last);
        }
        return points;
    }

    Decimal drawdown() {
        return points().stream()
                .map(Point::drawdown)
                .min(Comparator.naturalOrder())
                .orElse(Decimal.ZERO);
    }

    Decimal drawdownShare(Decimal capital) {
        return points().stream()
                .map(point -> point.drawdown().dividedBy(capital.plus(point.highest), SHARE_DIGITS))
                .min(Comparator.naturalOrder())
                .orElse(Decimal.ZERO);
    }

    /**
     * {@code mean ÷ standard deviation of daily net P&L × √252}, with the deviation of a sample ({@code n − 1}). A day of
     * which nothing is known of this client is one on which it earned nothing.
     *
     * @param days since 1970 on which P&amp;L was taken down
     * @return {@code null} of fewer than {@value #FEWEST_DAYS} days, or if each day earned the same
     */
    @Nullable
    Double sharpe(SortedSet<Long> days) {
        if (days.size() < FEWEST_DAYS) {
            return null;
        }
        double[] earned = days.stream()
                .map(day -> changesOfDays.getOrDefault(day, Decimal.ZERO))
                .mapToDouble(amount -> amount.toBigDecimal().doubleValue())
                .toArray();
        double mean = Arrays.stream(earned).average().orElseThrow();
        double squares = Arrays.stream(earned)
                .map(amount -> (amount - mean) * (amount - mean))
                .sum();
        double deviation = Math.sqrt(squares / (earned.length - 1));
        return deviation == 0 ? null : mean / deviation * Math.sqrt(TRADING_DAYS_OF_A_YEAR);
    }

    /** As numbers for a picture: four digits are finer than any, and keep the page small. */
    void writeTo(ObjectNode json) {
        ArrayNode nets = json.putArray("net");
        ArrayNode drawdowns = json.putArray("drawdown");
        for (Point point : points()) {
            nets.add(drawn(point.net));
            drawdowns.add(drawn(point.drawdown()));
        }
    }

    private static double drawn(Decimal amount) {
        return amount.rounded(4).toBigDecimal().doubleValue();
    }
}
