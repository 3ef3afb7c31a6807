package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A settlement price that is given and not found.
 *
 * @param line of its file, for messages
 */
public record ManualPrice(String instrument, Decimal price, String reason, long line) {
    private static final List<String> COLUMNS = List.of("instrument", "price", "reason");

    /**
     * Reads the lines of {@code --settlement-file}, by instrument.
     *
     * @throws IllegalArgumentException naming every fault with its place
     */
    public static Map<String, ManualPrice> read(InputText file) {
        Map<String, ManualPrice> prices = new HashMap<>();
        CsvTable.read(file, COLUMNS, line -> {
            String instrument = line.name("instrument");
            Decimal price = line.number("price");
            if (instrument == null || price == null) {
                return null;
            }
            if (line.text("reason").isEmpty()) {
                line.fault("reason is missing: a price that is given needs one");
                return null;
            }
            ManualPrice read = new ManualPrice(instrument, price, line.text("reason"), line.number());
            ManualPrice before = prices.putIfAbsent(instrument, read);
            if (before != null) {
                line.fault(instrument + " has a price already, on line " + before.line());
            }
            return read;
        });
        return prices;
    }
}
