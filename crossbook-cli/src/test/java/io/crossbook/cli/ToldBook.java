package io.crossbook.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** A book that knows nothing but the records of its topic, and checks each checksum. */
final class ToldBook {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

    /** Takes the next record and says whether its checksum is that of this book. */
    boolean take(JsonNode record) {
        if (record.path("snapshot").asBoolean()) {
            bids.clear();
            asks.clear();
        }
        for (JsonNode level : record.get("levels")) {
            TreeMap<BigDecimal, BigDecimal> side = level.get("side").asText().equals("BUY") ? bids : asks;
            BigDecimal price = new BigDecimal(level.get("price").asText());
            BigDecimal quantity = new BigDecimal(level.get("quantity").asText());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
        CRC32 checksum = new CRC32();
        checksum.update((best("BUY", bids) + best("SELL", asks)).getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() == record.get("checksum").asLong();
    }

    private static String best(String side, TreeMap<BigDecimal, BigDecimal> levels) {
        return levels.entrySet().stream()
                .limit(10)
                .map(level -> side + ':' + plain(level.getKey()) + ':' + plain(level.getValue()) + ';')
                .collect(Collectors.joining());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    Map<BigDecimal, BigDecimal> side(String side) {
        return side.equals("BUY") ? bids : asks;
    }
}
