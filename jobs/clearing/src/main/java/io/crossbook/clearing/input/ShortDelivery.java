package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A line of {@code --deliveries}: what a member delivered of what it owed on a date. Who is not named delivers in full. */
public record ShortDelivery(String member, String instrument, LocalDate settlementDate, Decimal quantity, long line) {
    private static final List<String> COLUMNS = List.of("member", "instrument", "settlement_date", "quantity");

    /** @throws IllegalArgumentException naming every fault with its place */
    public static List<ShortDelivery> read(InputText file) {
        Set<List<Object>> seen = new HashSet<>();
        return CsvTable.read(file, COLUMNS, line -> {
            String member = line.name("member");
            String instrument = line.name("instrument");
            Decimal quantity = line.number("quantity");
            if (member == null || instrument == null || quantity == null) {
                return null;
            }
            if (quantity.signum() < 0) {
                line.fault("quantity must be zero or more, was " + quantity);
                return null;
            }
            try {
                LocalDate date = LocalDate.parse(line.text("settlement_date"));
                if (!seen.add(List.of(member, instrument, date))) {
                    line.fault("the delivery of " + member + " in " + instrument + " on " + date + " is there twice");
                }
                return new ShortDelivery(member, instrument, date, quantity, line.number());
            } catch (DateTimeParseException noDate) {
                line.fault("settlement_date must be a date like 2024-03-04, was "
                        + Faults.quoted(line.text("settlement_date")));
                return null;
            }
        });
    }
}
