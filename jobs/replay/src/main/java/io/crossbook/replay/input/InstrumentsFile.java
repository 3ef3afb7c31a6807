package io.crossbook.replay.input;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instrument;
import io.crossbook.model.InstrumentKind;
import io.crossbook.model.Instruments;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of instruments. It must be right as a whole: every fault is told, with line, column and rule, before
 * anything runs.
 */
public final class InstrumentsFile {
    private static final List<String> REQUIRED = List.of("instrument", "kind", "currency", "tick_size", "lot_size");
    private static final List<String> OPTIONAL = List.of(
            "multiplier",
            "maker_fee_bps",
            "taker_fee_bps",
            "min_price",
            "max_price",
            "min_quantity",
            "max_quantity",
            "price_band_bps",
            "reference_price",
            "allow_short",
            "expiry",
            "calendar",
            "settlement_days");
    private static final List<String> COLUMNS =
            Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).toList();
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    /** Far more than any contract settles in; keeps dates in range. */
    private static final int MOST_SETTLEMENT_DAYS = 1_000;

    private final String name;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Instrument> instruments = new ArrayList<>();
    private final Map<String, Long> lineBySymbol = new HashMap<>();

    private InstrumentsFile(String name) {
        this.name = name;
    }

    /**
     * The instruments that the file describes.
     *
     * @param path may name a gzip file
     * @throws UsageException naming every fault with its place
     */
    public static Instruments read(Path path) throws UsageException {
        InstrumentsFile file = new InstrumentsFile(path.toString());
        file.readFrom(path.toString());
        if (!file.faults.isEmpty()) {
            throw new UsageException(file.faults);
        }
        return new Instruments(file.instruments);
    }

    private void readFrom(String path) {
        String inaccessible = InputPlanner.accessFault(path);
        if (inaccessible != null) {
            faults.add(name + ": " + inaccessible);
            return;
        }
        try (Reader reader = open(path);
                CSVParser lines = CSVParser.parse(reader, FORMAT)) {
            for (CSVRecord record : lines) {
                readRecord(record, lines.getCurrentLineNumber());
            }
            if (columns.isEmpty()) {
                faults.add(name + ": is empty; its first line must name the columns, at least "
                        + String.join(",", REQUIRED));
            }
        } catch (CharacterCodingException notUtf8) {
            faults.add(name + ": must be UTF-8");
        } catch (UncheckedIOException noCsv) {
            faults.add(name + ": is no CSV: " + noCsv.getCause().getMessage());
        } catch (IOException unreadable) {
            faults.add(name + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private static Reader open(String path) throws IOException {
        try (FileBytes bytes = new FileBytes(path, 0)) {
            byte[] data = bytes.readNBytes(MOST_BYTES + 1);
            if (data.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            boolean marked = data.length >= 3
                    && (data[0] & 0xff) == 0xef
                    && (data[1] & 0xff) == 0xbb
                    && (data[2] & 0xff) == 0xbf;
            int start = marked ? 3 : 0;
            return new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, start, data.length - start))
                    .toString());
        }
    }

    private void readRecord(CSVRecord record, long line) {
        if (columns.isEmpty()) {
            readHeader(record, line);
        } else if (record.size() != columns.size()) {
            add(line, "a line must have " + columns.size() + " fields, this one has " + record.size());
        } else {
            readInstrument(new Line(record, line));
        }
    }

    private void readHeader(CSVRecord header, long line) {
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i).toLowerCase(Locale.ROOT);
            if (!COLUMNS.contains(column)) {
                Set<String> free = COLUMNS.stream()
                        .filter(known -> !header.toList().contains(known))
                        .collect(Collectors.toSet());
                add(
                        line,
                        "unknown column \"" + header.get(i) + '"'
                                + NearestWord.of(column, free)
                                        .map(near -> "; did you mean " + near + '?')
                                        .orElse("; columns are " + String.join(",", COLUMNS)));
                column = "column " + (i + 1);
            }
            if (columns.put(column, i) != null) {
                add(line, "column \"" + column + "\" is there twice");
                columns.put("column " + (i + 1), i);
            }
        }
        for (String column : REQUIRED) {
            if (!columns.containsKey(column)) {
                add(line, "no column \"" + column + '"');
            }
        }
    }

    private void readInstrument(Line line) {
        int before = faults.size();
        String symbol = line.requiredText("instrument");
        InstrumentKind kind = line.kind();
        String currency = line.requiredText("currency");
        Decimal tickSize = line.above0("tick_size");
        Decimal lotSize = line.above0("lot_size");
        Decimal multiplier = line.isEmpty("multiplier") ? Decimal.ONE : line.above0("multiplier");
        Decimal makerFeeBps = line.orZero(line.decimal("maker_fee_bps"));
        Decimal takerFeeBps = line.orZero(line.decimal("taker_fee_bps"));
        Decimal minPrice = line.notBelow0("min_price");
        Decimal maxPrice = line.notBelow0("max_price");
        Decimal minQuantity = line.notBelow0("min_quantity");
        Decimal maxQuantity = line.notBelow0("max_quantity");
        Decimal priceBandBps = line.notBelow0("price_band_bps");
        Decimal referencePrice = line.isEmpty("reference_price") ? null : line.above0("reference_price");
        boolean allowShort = line.flag("allow_short");
        LocalDate expiry = line.date("expiry");
        String calendar = line.text("calendar");
        Integer settlementDays = line.days("settlement_days");
        line.judgeOrder("min_price", minPrice, "max_price", maxPrice);
        line.judgeOrder("min_quantity", minQuantity, "max_quantity", maxQuantity);
        judgeRepeat(line, symbol);
        if (faults.size() > before || !columns.keySet().containsAll(REQUIRED)) {
            return;
        }
        instruments.add(new Instrument(
                symbol,
                kind,
                currency,
                tickSize,
                lotSize,
                multiplier,
                makerFeeBps,
                takerFeeBps,
                minPrice,
                maxPrice,
                minQuantity,
                maxQuantity,
                priceBandBps,
                referencePrice,
                allowShort,
                expiry,
                calendar,
                settlementDays));
    }

    private void judgeRepeat(Line line, @Nullable String symbol) {
        if (symbol != null) {
            Long first = lineBySymbol.putIfAbsent(symbol, line.number);
            if (first != null) {
                line.fault("instrument", "must be there once, \"" + symbol + "\" is on line " + first + " already");
            }
        }
    }

    private void add(long line, String fault) {
        faults.add(name + ':' + line + ": " + fault);
    }

    /** One line of the file; what is wrong with a field becomes a fault and reads as absent. */
    private final class Line {
        private final CSVRecord record;
        private final long number;

        private Line(CSVRecord record, long number) {
            this.record = record;
            this.number = number;
        }

        private String field(String column) {
            Integer index = columns.get(column);
            return index == null ? "" : record.get(index);
        }

        private boolean isEmpty(String column) {
            return field(column).isEmpty();
        }

        private void fault(String column, String rule) {
            add(number, column + ' ' + rule);
        }

        private void wrong(String column, String rule) {
            byte[] found = field(column).getBytes(StandardCharsets.UTF_8);
            fault(column, "must be " + rule + ", was " + RawLine.quoted(found, 0, found.length));
        }

        private @Nullable String requiredText(String column) {
            if (isEmpty(column)) {
                if (columns.containsKey(column)) {
                    fault(column, "is missing");
                }
                return null;
            }
            return text(column);
        }

        private @Nullable String text(String column) {
            String text = field(column);
            boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= Fields.LONGEST_TEXT
                    && text.chars().noneMatch(Character::isISOControl);
            if (!fits) {
                wrong(column, "a text of at most " + Fields.LONGEST_TEXT + " bytes without control characters");
            }
            return fits && !text.isEmpty() ? text : null;
        }

        private @Nullable InstrumentKind kind() {
            String word = requiredText("kind");
            for (InstrumentKind kind : InstrumentKind.values()) {
                if (kind.name().equalsIgnoreCase(word)) {
                    return kind;
                }
            }
            if (word != null) {
                wrong("kind", Words.of(InstrumentKind.class).toString());
            }
            return null;
        }

        private @Nullable Decimal decimal(String column) {
            String digits = field(column);
            Decimal value = digits.isEmpty() ? null : Decimal.parseOrNull(digits);
            if (value == null && !digits.isEmpty()) {
                wrong(column, "a number of digits like 12 or -0.5");
            }
            return value;
        }

        private Decimal orZero(@Nullable Decimal value) {
            return value == null ? Decimal.ZERO : value;
        }

        private @Nullable Decimal above0(String column) {
            if (isEmpty(column)) {
                requiredText(column);
                return null;
            }
            Decimal value = decimal(column);
            if (value != null && value.signum() <= 0) {
                wrong(column, "above zero");
            }
            return value;
        }

        private @Nullable Decimal notBelow0(String column) {
            Decimal value = decimal(column);
            if (value != null && value.signum() < 0) {
                wrong(column, "zero or more");
            }
            return value;
        }

        private boolean flag(String column) {
            String word = field(column);
            boolean no = word.equalsIgnoreCase("false");
            if (!no && !word.isEmpty() && !word.equalsIgnoreCase("true")) {
                wrong(column, "true or false");
            }
            return !no;
        }

        private @Nullable LocalDate date(String column) {
            try {
                return isEmpty(column) ? null : LocalDate.parse(field(column));
            } catch (DateTimeException noDate) {
                wrong(column, "a date like 2024-03-15");
                return null;
            }
        }

        private @Nullable Integer days(String column) {
            String digits = field(column);
            if (digits.isEmpty()) {
                return null;
            }
            if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) > MOST_SETTLEMENT_DAYS) {
                wrong(column, "a number of days from 0 to " + MOST_SETTLEMENT_DAYS);
                return null;
            }
            return Integer.valueOf(digits);
        }

        private void judgeOrder(String low, @Nullable Decimal least, String high, @Nullable Decimal most) {
            if (least != null && most != null && least.compareTo(most) > 0) {
                wrong(low, "at most " + high + " (" + most + ')');
            }
        }
    }
}
