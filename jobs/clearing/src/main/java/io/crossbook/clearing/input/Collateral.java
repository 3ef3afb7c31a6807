package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What members have left with the house, from {@code --collateral}. */
public final class Collateral {
    private static final List<String> COLUMNS = List.of("member", "currency", "amount");

    /** Nobody has left anything. */
    public static final Collateral NONE = new Collateral(Map.of());

    private final Map<List<String>, Decimal> amounts;

    private Collateral(Map<List<String>, Decimal> amounts) {
        this.amounts = amounts;
    }

    /** @throws IllegalArgumentException naming every fault with its place */
    public static Collateral read(InputText file) {
        Map<List<String>, Decimal> amounts = new HashMap<>();
        CsvTable.read(file, COLUMNS, line -> {
            String member = line.name("member");
            String currency = line.name("currency");
            Decimal amount = line.number("amount");
            if (member == null || currency == null || amount == null) {
                return null;
            }
            if (amount.signum() < 0) {
                line.fault("amount must be zero or more, was " + amount);
            } else if (amounts.putIfAbsent(List.of(member, currency), amount) != null) {
                line.fault("the collateral of " + member + " in " + currency + " is there twice");
            }
            return amount;
        });
        return new Collateral(amounts);
    }

    public Decimal of(String member, String currency) {
        return amounts.getOrDefault(List.of(member, currency), Decimal.ZERO);
    }
}
