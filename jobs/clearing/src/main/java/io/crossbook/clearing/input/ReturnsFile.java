package io.crossbook.clearing.input;

import io.crossbook.clearing.margin.Returns;
import io.crossbook.model.Decimal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads past returns from CSV rows {@code scenario,instrument,return}, in any order. A scenario is any text, usually a
 * date; every instrument of the file needs a return for every scenario of it, so that losses of one day are added up.
 */
final class ReturnsFile {
    private static final List<String> COLUMNS = List.of("scenario", "instrument", "return");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private final Faults faults;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Set<String> scenarios = new LinkedHashSet<>();
    private final Map<String, Map<String, Decimal>> byInstrument = new LinkedHashMap<>();

    private ReturnsFile(Faults faults) {
        this.faults = faults;
    }

    /**
     * The returns of a file.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    static Returns read(InputText text) {
        ReturnsFile file = new ReturnsFile(new Faults(text.name()));
        file.readLines(text.text());
        Map<String, List<Decimal>> series = file.series();
        file.faults.throwIfAny();
        return new Returns(List.copyOf(file.scenarios), series);
    }

    private void readLines(String text) {
        try (CSVParser lines = CSVParser.parse(text, FORMAT)) {
            for (CSVRecord record : lines) {
                if (columns.isEmpty()) {
                    readHeader(record, lines.getCurrentLineNumber());
                    if (!faults.isEmpty()) {
                        return;
                    }
                } else {
                    readReturn(record, lines.getCurrentLineNumber());
                }
            }
            if (columns.isEmpty()) {
                faults.add("is empty; its first line must be " + String.join(",", COLUMNS));
            }
        } catch (UncheckedIOException noCsv) {
            faults.add("is no CSV: " + noCsv.getCause().getMessage());
        } catch (IOException unreadable) {
            faults.add("cannot be read: " + unreadable.getMessage());
        }
    }

    private void readHeader(CSVRecord header, long line) {
        for (int i = 0; i < header.size(); i++) {
            columns.put(header.get(i).toLowerCase(Locale.ROOT), i);
        }
        if (header.size() != COLUMNS.size() || !columns.keySet().containsAll(COLUMNS)) {
            faults.add(
                    line,
                    "columns must be " + String.join(",", COLUMNS) + ", were "
                            + Faults.quoted(String.join(",", header.toList())));
        }
    }

    private void readReturn(CSVRecord record, long line) {
        if (record.size() != COLUMNS.size()) {
            faults.add(line, "a line must have " + COLUMNS.size() + " fields, this one has " + record.size());
            return;
        }
        String scenario = record.get(columns.get("scenario"));
        String instrument = record.get(columns.get("instrument"));
        String digits = record.get(columns.get("return"));
        Decimal fraction = NumberRule.RETURN.readOrNull(digits);
        if (scenario.isEmpty() || instrument.isEmpty()) {
            faults.add(line, (scenario.isEmpty() ? "scenario" : "instrument") + " is missing");
        } else if (fraction == null) {
            faults.add(line, "return must be " + NumberRule.RETURN.words() + ", was " + Faults.quoted(digits));
        } else {
            scenarios.add(scenario);
            Decimal earlier = byInstrument
                    .computeIfAbsent(instrument, first -> new HashMap<>())
                    .putIfAbsent(scenario, fraction);
            if (earlier != null) {
                faults.add(line, instrument + " has a return for scenario " + scenario + " already");
            }
        }
    }

    private Map<String, List<Decimal>> series() {
        Map<String, List<Decimal>> series = new HashMap<>();
        byInstrument.forEach((instrument, returns) -> {
            List<Decimal> inOrder = new ArrayList<>();
            for (String scenario : scenarios) {
                Decimal fraction = returns.get(scenario);
                if (fraction == null) {
                    faults.add(instrument + " has no return for scenario " + scenario
                            + "; every instrument needs one for each scenario");
                } else {
                    inOrder.add(fraction);
                }
            }
            series.put(instrument, inOrder);
        });
        return series;
    }
}
