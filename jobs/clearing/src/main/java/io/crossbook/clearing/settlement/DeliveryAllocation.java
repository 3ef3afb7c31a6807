package io.crossbook.clearing.settlement;

import io.crossbook.model.Decimal;
import io.crossbook.model.Utf8Order;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands out what was delivered in one instrument and settlement date.
 *
 * <p>All deliveries go into one pot. Receivers are filled from it one after the other, the largest obligation first and
 * equal ones by name in the order of their UTF-8 bytes; so a short delivery leaves the smallest receivers waiting.
 *
 *
 * <p>Check: M1 +60, M2 −40, M3 −20 and M2 delivers 25: M1 receives 45; open are +15, −15 and 0.
 */
public final class DeliveryAllocation {
    private static final Comparator<Map.Entry<String, Decimal>> LARGEST_FIRST =
            Map.Entry.<String, Decimal>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry::getKey, Utf8Order.INSTANCE);

    private final String obligation;
    private final Map<String, Decimal> due;
    private final Map<String, Decimal> delivered;

    private DeliveryAllocation(String obligation, Map<String, Decimal> due, Map<String, Decimal> delivered) {
        this.obligation = obligation;
        this.due = due;
        this.delivered = delivered;
    }

    /**
     * One result per member of {@code due}, by name in UTF-8 order. What is due, what is settled and what is open each
     * sum to zero.
     *
     * @param instrument for messages, as is the date
     * @param due by member: below zero to deliver, above zero to receive; sums to zero
     * @param delivered by member that fell short, zero or more; one that is not named delivers in full
     * @throws IllegalArgumentException if a delivery is negative, more than owed, or of a member that owes nothing
     * @throws IllegalStateException if {@code due} does not sum to zero
     */
    public static List<DeliveryResult> allocate(
            String instrument, LocalDate settlementDate, Map<String, Decimal> due, Map<String, Decimal> delivered) {
        DeliveryAllocation allocation =
                new DeliveryAllocation(instrument + " settling " + settlementDate, due, delivered);
        allocation.judgeBalance();
        allocation.judgeDeliveries();
        return allocation.results();
    }

    private void judgeBalance() {
        Decimal sum = due.values().stream().reduce(Decimal.ZERO, Decimal::plus);
        if (!sum.isZero()) {
            throw new IllegalStateException(obligation + ": obligations must sum to zero, sum is " + sum);
        }
    }

    private void judgeDeliveries() {
        new TreeMap<>(delivered).forEach((member, quantity) -> {
            Decimal owed = due.getOrDefault(member, Decimal.ZERO).negate();
            if (owed.signum() <= 0) {
                throw new IllegalArgumentException(
                        obligation + ": " + member + " delivered " + quantity + ", but has nothing to deliver");
            }
            if (quantity.signum() < 0 || quantity.compareTo(owed) > 0) {
                throw new IllegalArgumentException(obligation + ": " + member + " must deliver from 0 to the " + owed
                        + " that it owes, was " + quantity);
            }
        });
    }

    private List<DeliveryResult> results() {
        Map<String, Decimal> settled = new TreeMap<>(Utf8Order.INSTANCE);
        List<Map.Entry<String, Decimal>> receivers = new ArrayList<>();
        Decimal pot = Decimal.ZERO;
        for (Map.Entry<String, Decimal> each : due.entrySet()) {
            if (each.getValue().signum() > 0) {
                receivers.add(each);
            } else {
                Decimal given =
                        delivered.getOrDefault(each.getKey(), each.getValue().negate());
                settled.put(each.getKey(), given.negate());
                pot = pot.plus(given);
            }
        }
        receivers.sort(LARGEST_FIRST);
        for (Map.Entry<String, Decimal> receiver : receivers) {
            Decimal received = pot.compareTo(receiver.getValue()) < 0 ? pot : receiver.getValue();
            settled.put(receiver.getKey(), received);
            pot = pot.minus(received);
        }
        List<DeliveryResult> results = new ArrayList<>();
        settled.forEach((member, quantity) -> results.add(new DeliveryResult(member, due.get(member), quantity)));
        return results;
    }
}
