package io.crossbook.pnl;

import io.crossbook.model.Decimal;
import io.crossbook.pnl.FillsCsv.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The executions of a broker's statement as a fills file.
 *
 * <p>An opening fill enters at the price that its basis gives, the opening fee included, rounded half-even at 12 digits;
 * what that leaves of the basis is the fill's fee, so cost = price × quantity × multiplier + fee holds to the last digit.
 * A lot that was opened before the statement begins enters at the start of the day that its {@code ClosedLot} line names.
 * A closing fill has its own price and fee.
 */
public final class IbkrFills {
    static final String CLIENT = "U12345";
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd, HH:mm:ss");
    private static final int PRICE_DIGITS = 12;

    private record Fill(Instant time, String csv) {}

    private IbkrFills() {}

    /** The {@code Trade} and {@code ClosedLot} lines of a statement, whose header can change on the way. */
    public static List<Row> lines(Path file) throws IOException {
        List<String> text = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> header = List.of();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            List<String> fields = FillsCsv.fields(text.get(i));
            if (fields.get(1).equals("Header")) {
                header = fields;
            } else if (fields.get(1).equals("Data")
                    && (fields.get(2).equals("Trade") || fields.get(2).equals("ClosedLot"))) {
                rows.add(FillsCsv.row(i + 1, header, fields));
            }
        }
        return rows;
    }

    public static boolean isTrade(Row row) {
        return row.text("DataDiscriminator").equals("Trade");
    }

    public static boolean opens(Row row) {
        return List.of(row.text("Code").split(";")).contains("O");
    }

    public static String tradeId(Row row) {
        return "line-" + row.line();
    }

    static LocalDate day(Row row) {
        String time = row.text("Date/Time");
        return isTrade(row) ? LocalDateTime.parse(time, TIME).toLocalDate() : LocalDate.parse(time);
    }

    /** Currency per point and unit of quantity: 100 for an option. */
    public static Decimal multiplier(Row row) {
        return Decimal.of(row.text("Asset Category").contains("Options") ? 100 : 1);
    }

    /** The lines of a fills file, header first, by time. */
    public static List<String> convert(Path file) throws IOException {
        List<Row> rows = lines(file);
        Map<String, Set<LocalDate>> openedHere = new HashMap<>();
        for (Row row : rows) {
            if (isTrade(row) && opens(row)) {
                openedHere
                        .computeIfAbsent(row.text("Symbol"), s -> new HashSet<>())
                        .add(day(row));
            }
        }
        List<Fill> fills = new ArrayList<>();
        for (Row row : rows) {
            if (isTrade(row)) {
                fills.add(opens(row) ? opening(row, time(row)) : closing(row));
            } else if (!openedHere.getOrDefault(row.text("Symbol"), Set.of()).contains(day(row))) {
                fills.add(opening(row, day(row).atStartOfDay(ZONE).toInstant()));
            }
        }
        fills.sort(Comparator.comparing(Fill::time));
        return Stream.concat(Stream.of(FillsCsv.HEADER), fills.stream().map(Fill::csv))
                .toList();
    }

    private static Instant time(Row row) {
        return LocalDateTime.parse(row.text("Date/Time"), TIME).atZone(ZONE).toInstant();
    }

    private static Fill opening(Row row, Instant time) {
        Decimal basis = row.number("Basis");
        Decimal units = row.number("Quantity").times(multiplier(row));
        Decimal price = basis.dividedBy(units, PRICE_DIGITS);
        return fill(row, time, price, basis.minus(price.times(units)));
    }

    private static Fill closing(Row row) {
        return fill(
                row, time(row), row.number("T. Price"), row.number("Comm/Fee").negate());
    }

    private static Fill fill(Row row, Instant time, Decimal price, Decimal fee) {
        Decimal quantity = row.number("Quantity");
        String side = quantity.signum() > 0 ? "BUY" : "SELL";
        return new Fill(
                time,
                String.join(
                        ",",
                        time.toString(),
                        tradeId(row),
                        row.text("Symbol"),
                        CLIENT,
                        side,
                        price.toString(),
                        quantity.abs().toString(),
                        "",
                        fee.toString()));
    }
}
