package io.crossbook.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.model.Decimal;
import java.util.HashMap;
import java.util.Map;

/** What each client bought and sold, per currency: {@code Σ price × quantity × multiplier} over its trades of either side. */
final class Turnover {
    private final Map<String, Decimal> multipliers = new HashMap<>();
    private final Map<String, Map<String, Decimal>> byCurrency = new HashMap<>();

    /** @param run its manifest, with the multipliers of described instruments; that of others is 1 */
    Turnover(JsonNode run) {
        for (JsonNode described : run.path("config").path("instruments")) {
            multipliers.put(
                    described.path("instrument").asText(),
                    Decimal.parse(described.path("multiplier").asText("1")));
        }
    }

    void add(String currency, String instrument, Decimal price, Decimal quantity, String buyer, String seller) {
        Decimal amount = price.times(quantity).times(multipliers.getOrDefault(instrument, Decimal.ONE));
        Map<String, Decimal> byClient = byCurrency.computeIfAbsent(currency, c -> new HashMap<>());
        byClient.merge(buyer, amount, Decimal::plus);
        byClient.merge(seller, amount, Decimal::plus);
    }

    Decimal of(String currency, String client) {
        return byCurrency.getOrDefault(currency, Map.of()).getOrDefault(client, Decimal.ZERO);
    }
}
