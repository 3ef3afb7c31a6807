package io.crossbook.clearing.input;

import io.crossbook.model.Decimal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A small CSV file with a header: its columns in any order, its faults all told at once. */
final class CsvTable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    /** Parsing takes longer than in proportion to the digits. */
    private static final int LONGEST_NUMBER = 64;

    private static final int LONGEST_NAME = 64;

    private final List<String> columns;
    private final Faults faults;
    private final Map<String, Integer> places = new HashMap<>();

    private CsvTable(InputText file, List<String> columns) {
        this.columns = columns;
        this.faults = new Faults(file.name());
    }

    /** Makes something of a line, or tells what is wrong with it and makes nothing. */
    interface LineReader<T> {
        @Nullable
        T read(Line line);
    }

    /**
     * Reads all lines of a file.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    static <T> List<T> read(InputText file, List<String> columns, LineReader<T> reader) {
        List<T> read = new ArrayList<>();
        each(
                file,
                columns,
                line -> {
                    T made = reader.read(line);
                    if (made != null) {
                        read.add(made);
                    }
                },
                faults -> {});
        return read;
    }

    /**
     * Hands over line by line, and has the whole judged behind the last.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    static void each(InputText file, List<String> columns, Consumer<Line> sink, Consumer<Faults> judge) {
        CsvTable table = new CsvTable(file, columns);
        table.eachLine(file.text(), sink);
        judge.accept(table.faults);
        table.faults.throwIfAny();
    }

    private void eachLine(String text, Consumer<Line> sink) {
        try (CSVParser lines = CSVParser.parse(text, FORMAT)) {
            for (CSVRecord record : lines) {
                long number = lines.getCurrentLineNumber();
                if (places.isEmpty()) {
                    readHeader(record, number);
                    if (!faults.isEmpty()) {
                        return;
                    }
                } else if (record.size() != columns.size()) {
                    faults.add(number, "a line must have " + columns.size() + " fields, this one has " + record.size());
                } else {
                    sink.accept(new Line(record, number));
                }
            }
            if (places.isEmpty()) {
                faults.add("is empty; its first line must be " + String.join(",", columns));
            }
        } catch (UncheckedIOException noCsv) {
            faults.add("is no CSV: " + noCsv.getCause().getMessage());
        } catch (IOException unreadable) {
            faults.add("cannot be read: " + unreadable.getMessage());
        }
    }

    private void readHeader(CSVRecord header, long line) {
        for (int i = 0; i < header.size(); i++) {
            places.put(header.get(i).toLowerCase(Locale.ROOT), i);
        }
        if (header.size() != columns.size() || !places.keySet().containsAll(columns)) {
            faults.add(
                    line,
                    "columns must be " + String.join(",", columns) + ", were "
                            + Faults.quoted(String.join(",", header.toList())));
        }
    }

    /** One line behind the header. */
    final class Line {
        private final CSVRecord record;
        private final long number;

        private Line(CSVRecord record, long number) {
            this.record = record;
            this.number = number;
        }

        long number() {
            return number;
        }

        String text(String column) {
            return record.get(places.get(column));
        }

        /** A name of 1 to 64 characters, {@code null} if it is none, which is told. */
        @Nullable
        String name(String column) {
            String text = text(column);
            if (text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
                fault(column + " must be a name of 1 to " + LONGEST_NAME + " characters, was " + Faults.quoted(text));
                return null;
            }
            return text;
        }

        /** A number, {@code null} if it is none, which is told. */
        @Nullable
        Decimal number(String column) {
            String digits = text(column);
            Decimal value = digits.length() > LONGEST_NUMBER ? null : Decimal.parseOrNull(digits);
            if (value == null) {
                fault(column + " must be a number of digits like 12 or -0.5, was " + Faults.quoted(digits));
            }
            return value;
        }

        void fault(String rule) {
            faults.add(number, rule);
        }
    }
}
