package io.crossbook.testkit;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The one price of an auction and what trades at it. */
final class ReferenceAuction {
    /** What an order price would do: lots that trade, and bid lots minus ask lots. */
    private record Candidate(long price, BigInteger volume, BigInteger surplus) {}

    /** The auction price in ticks and the lots that trade at it, above zero. */
    record Result(long price, BigInteger volume) {}

    private ReferenceAuction() {}

    /**
     * @param last last trade price or what stands for it
     * @return {@code null} if nothing can trade
     */
    static @Nullable Result clear(
            List<ReferenceOrder> bids, List<ReferenceOrder> asks, Instrument instrument, @Nullable Decimal last) {
        TreeSet<Long> prices = new TreeSet<>();
        bids.forEach(order -> prices.add(order.priceOrNone()));
        asks.forEach(order -> prices.add(order.priceOrNone()));
        List<Candidate> candidates = new ArrayList<>();
        for (long price : prices) {
            BigInteger bid = willing(bids, price);
            BigInteger ask = willing(asks, price);
            candidates.add(new Candidate(price, bid.min(ask), bid.subtract(ask)));
        }
        BigInteger mostVolume = candidates.stream()
                .map(Candidate::volume)
                .max(Comparator.naturalOrder())
                .orElse(BigInteger.ZERO);
        if (mostVolume.signum() == 0) {
            return null;
        }
        candidates.removeIf(candidate -> !candidate.volume.equals(mostVolume));
        BigInteger leastSurplus = candidates.stream()
                .map(candidate -> candidate.surplus.abs())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        candidates.removeIf(candidate -> !candidate.surplus.abs().equals(leastSurplus));
        return new Result(choose(candidates, instrument, last), mostVolume);
    }

    private static BigInteger willing(List<ReferenceOrder> orders, long price) {
        return orders.stream()
                .filter(order -> order.accepts(price))
                .map(order -> BigInteger.valueOf(order.leaves()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The side of the surplus decides, then the last price, then the highest. Candidates rise in price. */
    private static long choose(List<Candidate> candidates, Instrument instrument, @Nullable Decimal last) {
        long lowest = candidates.get(0).price;
        long highest = candidates.get(candidates.size() - 1).price;
        if (candidates.stream().allMatch(candidate -> candidate.surplus.signum() > 0)) {
            return highest;
        }
        if (candidates.stream().allMatch(candidate -> candidate.surplus.signum() < 0)) {
            return lowest;
        }
        if (last == null) {
            return highest;
        }
        Comparator<Candidate> nearest = Comparator.comparing(
                candidate -> instrument.price(candidate.price).minus(last).abs());
        return candidates.stream()
                .min(nearest.thenComparing(Candidate::price, Comparator.reverseOrder()))
                .orElseThrow()
                .price;
    }
}
