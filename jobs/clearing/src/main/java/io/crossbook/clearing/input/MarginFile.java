package io.crossbook.clearing.input;

import io.crossbook.clearing.margin.FixedMargin;
import io.crossbook.clearing.margin.HistoricalVar;
import io.crossbook.clearing.margin.MarginKind;
import io.crossbook.clearing.margin.MarginSettings;
import io.crossbook.clearing.margin.Returns;
import io.crossbook.clearing.margin.ScanMargin;
import io.crossbook.clearing.margin.ScanRange;
import io.crossbook.clearing.margin.SpreadPair;
import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML file of {@code --margin}: which model is in force, and what it computes with. It must be right as a
 * whole: every fault is told, with line, key, what was expected and what was found.
 *
 * <pre>
 * model: scan                 # fixed, scan or var; the only key that must be there
 * rate: 10%                   # fixed: of instruments without a rate of their own
 * rates: {ESH4: 8%}
 * scan_range: 5%              # scan: a percentage of the settlement price, or price points
 * scan_ranges: {ESH4: 50, ESM4: 45}
 * spreads:
 *   - {legs: [ESH4, ESM4], charge: 20}
 * returns: {ESH4: [-4%, 0.03], ESM4: [-3%, 0.02]}  # var: or the name of a CSV file, scenario,instrument,return
 * confidence: 99%             # var: 99% if absent
 * holding_days: 1             # var: 1 if absent
 * floor: 2%                   # var: of the gross value; 0 if absent
 * </pre>
 *
 * <p>A rate, return, confidence or floor is a fraction, or a percentage where it says so: {@code 0.08} and {@code 8%}
 * are the same. Keys of models that are not in force are read too, for what-if runs.
 */
public final class MarginFile {
    private static final List<String> KEYS = List.of(
            "model",
            "rate",
            "rates",
            "scan_range",
            "scan_ranges",
            "spreads",
            "returns",
            "confidence",
            "holding_days",
            "floor");
    private static final List<String> SPREAD_KEYS = List.of("legs", "charge");
    private static final String MODEL_WORDS = "fixed, scan or var";
    private static final String RANGE_WORDS = "price points like 50 or a percentage of the settlement price like 5%";
    private static final String LEGS_WORDS = "a list of two different instruments like [ESH4, ESM4]";

    private final InputText file;
    private final OtherFiles others;
    private final YamlNode.Mapping root;
    private final Faults faults;

    private MarginFile(InputText file, OtherFiles others, YamlNode.Mapping root) {
        this.file = file;
        this.others = others;
        this.root = root;
        this.faults = new Faults(file.name());
    }

    /** Finds a file that the margin file names, beside it; throws an IllegalArgumentException where there is none. */
    public interface OtherFiles {
        InputText load(String name);
    }

    /**
     * The settings of a file.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    public static MarginSettings read(InputText text, OtherFiles others) {
        YamlNode document = YamlText.parse(text.name(), text.text());
        if (!(document instanceof YamlNode.Mapping root)) {
            throw new IllegalArgumentException(text.name() + ':' + document.line()
                    + ": must be keys with values like \"model: fixed\", was " + document.found());
        }
        MarginFile file = new MarginFile(text, others, root);
        MarginSettings settings = file.settings();
        file.faults.throwIfAny();
        return settings;
    }

    private MarginSettings settings() {
        judgeKeys("", root, KEYS);
        String source = file.name();
        MarginKind kind = kind();
        FixedMargin fixed = new FixedMargin(
                source,
                number("rate", NumberRule.RATE),
                values("rates", NumberRule.RATE.words(), NumberRule.RATE::readOrNull));
        ScanMargin scan = new ScanMargin(
                source,
                value("scan_range", root.entries().get("scan_range"), RANGE_WORDS, MarginFile::rangeOrNull),
                values("scan_ranges", RANGE_WORDS, MarginFile::rangeOrNull),
                spreads());
        HistoricalVar historical = new HistoricalVar(
                source,
                returns(),
                orElse(number("confidence", NumberRule.CONFIDENCE), MarginSettings.DEFAULT_CONFIDENCE),
                holdingDays(),
                orElse(number("floor", NumberRule.RATE), MarginSettings.DEFAULT_FLOOR));
        return new MarginSettings(kind, fixed, scan, historical);
    }

    private void judgeKeys(String prefix, YamlNode.Mapping mapping, List<String> known) {
        mapping.entries().forEach((key, node) -> {
            if (!known.contains(key)) {
                faults.add(
                        node.line(),
                        "unknown key " + Faults.quoted(prefix + key) + "; keys are " + String.join(", ", known));
            }
        });
    }

    private MarginKind kind() {
        YamlNode node = root.entries().get("model");
        if (node == null) {
            faults.add("model is missing, must be " + MODEL_WORDS);
        }
        MarginKind kind =
                value("model", node, MODEL_WORDS, word -> MarginKind.of(word).orElse(null));
        return kind == null ? MarginKind.FIXED : kind;
    }

    /** {@code 1.5} as price points, {@code 5%} as a fraction of the settlement price; null for anything else. */
    private static @Nullable ScanRange rangeOrNull(String text) {
        boolean ofPrice = text.endsWith("%");
        Decimal size = (ofPrice ? NumberRule.SHARE : NumberRule.AMOUNT).readOrNull(text);
        return size == null ? null : new ScanRange(size, ofPrice);
    }

    private int holdingDays() {
        Decimal days = number("holding_days", NumberRule.DAYS);
        return days == null
                ? MarginSettings.DEFAULT_HOLDING_DAYS
                : days.toBigDecimal().intValueExact();
    }

    private static Decimal orElse(@Nullable Decimal value, Decimal other) {
        return value == null ? other : value;
    }

    private List<SpreadPair> spreads() {
        YamlNode node = root.entries().get("spreads");
        List<SpreadPair> pairs = new ArrayList<>();
        if (node instanceof YamlNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                addSpread("spreads item " + (i + 1), list.items().get(i), pairs);
            }
        } else if (node != null) {
            wrong("spreads", node, "a list like [{legs: [ESH4, ESM4], charge: 20}]");
        }
        return pairs;
    }

    private void addSpread(String name, YamlNode node, List<SpreadPair> pairs) {
        if (!(node instanceof YamlNode.Mapping spread)) {
            wrong(name, node, "a map like {legs: [ESH4, ESM4], charge: 20}");
            return;
        }
        judgeKeys(name + ": ", spread, SPREAD_KEYS);
        for (String key : SPREAD_KEYS) {
            if (!spread.entries().containsKey(key)) {
                faults.add(spread.line(), name + ": " + key + " is missing");
            }
        }
        List<String> legs = legs(name + ": legs", spread.entries().get("legs"));
        Decimal charge = value(
                name + ": charge",
                spread.entries().get("charge"),
                NumberRule.AMOUNT.words(),
                NumberRule.AMOUNT::readOrNull);
        if (legs.isEmpty() || charge == null) {
            return;
        }
        if (pairs.stream().anyMatch(pair -> pair.isOf(legs.get(0), legs.get(1)))) {
            faults.add(spread.line(), name + ": " + legs.get(0) + '/' + legs.get(1) + " is there already");
            return;
        }
        pairs.add(new SpreadPair(legs.get(0), legs.get(1), charge));
    }

    /** Two names, or none if that is a fault. */
    private List<String> legs(String name, @Nullable YamlNode node) {
        List<String> legs = new ArrayList<>();
        if (node instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Scalar leg && !leg.text().isEmpty()) {
                    legs.add(leg.text());
                }
            }
            if (list.items().size() == 2 && legs.stream().distinct().count() == 2) {
                return legs;
            }
        }
        if (node != null) {
            wrong(name, node, LEGS_WORDS);
        }
        return List.of();
    }

    private Returns returns() {
        YamlNode node = root.entries().get("returns");
        if (node instanceof YamlNode.Scalar csv && !csv.text().isEmpty()) {
            return returnsOfFile(csv);
        }
        if (node instanceof YamlNode.Mapping map) {
            return returnsOfMap(map);
        }
        if (node != null) {
            wrong("returns", node, "a map like {ESH4: [-4%, 0.03]} or the name of a CSV file");
        }
        return Returns.NONE;
    }

    /** The file is looked for beside this one. */
    private Returns returnsOfFile(YamlNode.Scalar csv) {
        try {
            return ReturnsFile.read(others.load(csv.text()));
        } catch (IllegalArgumentException faulty) {
            faults.include(faulty);
        }
        return Returns.NONE;
    }

    private Returns returnsOfMap(YamlNode.Mapping map) {
        Map<String, List<Decimal>> byInstrument = new LinkedHashMap<>();
        map.entries().forEach((instrument, node) -> {
            if (node instanceof YamlNode.Sequence list && !list.items().isEmpty()) {
                byInstrument.put(instrument, series("returns." + instrument, list));
            } else {
                wrong("returns." + instrument, node, "a list like [-4%, 0.03]");
            }
        });
        if (!faults.isEmpty()) {
            return Returns.NONE;
        }
        judgeLengths(map, byInstrument);
        return faults.isEmpty() ? Returns.numbered(byInstrument) : Returns.NONE;
    }

    private List<Decimal> series(String name, YamlNode.Sequence list) {
        List<Decimal> series = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Decimal fraction = value(
                    name + " item " + (i + 1),
                    list.items().get(i),
                    NumberRule.RETURN.words(),
                    NumberRule.RETURN::readOrNull);
            if (fraction != null) {
                series.add(fraction);
            }
        }
        return series;
    }

    private void judgeLengths(YamlNode.Mapping map, Map<String, List<Decimal>> byInstrument) {
        String first = null;
        for (Map.Entry<String, List<Decimal>> each : byInstrument.entrySet()) {
            if (first == null) {
                first = each.getKey();
            }
            int expected = byInstrument.get(first).size();
            if (each.getValue().size() != expected) {
                faults.add(
                        map.entries().get(each.getKey()).line(),
                        "returns." + each.getKey() + " must have as many returns as " + first + " (" + expected
                                + "), has " + each.getValue().size());
            }
        }
    }

    private @Nullable Decimal number(String key, NumberRule rule) {
        return value(key, root.entries().get(key), rule.words(), rule::readOrNull);
    }

    private <T> Map<String, T> values(String key, String words, Function<String, @Nullable T> reader) {
        Map<String, T> values = new LinkedHashMap<>();
        YamlNode node = root.entries().get(key);
        if (node instanceof YamlNode.Mapping map) {
            map.entries().forEach((instrument, each) -> {
                T value = value(key + '.' + instrument, each, words, reader);
                if (value != null) {
                    values.put(instrument, value);
                }
            });
        } else if (node != null) {
            wrong(key, node, "a map of instruments with values");
        }
        return values;
    }

    /** What the reader makes of a single value; null where that is a fault, or where there is none. */
    private <T> @Nullable T value(
            String name, @Nullable YamlNode node, String words, Function<String, @Nullable T> reader) {
        if (node == null) {
            return null;
        }
        T value = node instanceof YamlNode.Scalar scalar ? reader.apply(scalar.text()) : null;
        if (value == null) {
            wrong(name, node, words);
        }
        return value;
    }

    private void wrong(String name, YamlNode node, String words) {
        faults.add(node.line(), name + " must be " + words + ", was " + node.found());
    }
}
