package io.crossbook.clearing.input;

import static io.crossbook.clearing.margin.Positions.number;
import static io.crossbook.clearing.margin.Positions.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crossbook.clearing.margin.FixedMargin;
import io.crossbook.clearing.margin.HistoricalVar;
import io.crossbook.clearing.margin.MarginKind;
import io.crossbook.clearing.margin.MarginPosition;
import io.crossbook.clearing.margin.MarginSettings;
import io.crossbook.clearing.margin.Returns;
import io.crossbook.clearing.margin.ScanMargin;
import io.crossbook.clearing.margin.ScanRange;
import io.crossbook.clearing.margin.SpreadPair;
import io.crossbook.model.Decimal;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarginFileTest {
    private static final String EVERY_KEY = """
            # the whole of it
            model: scan
            rate: 10%
            rates: {ESH4: 8 %, NQH4: 0.125, NO: "0.5"}
            scan_range: 5%
            scan_ranges:
              ESH4: 50
              ESM4: 45.25
            spreads:
              - {legs: [ESH4, ESM4], charge: 20}
              - legs:
                  - ESM4
                  - "1e5"
                charge: 0.123456789012345678
            returns:
              ESH4: [-4%, -0.03, 0]
              ESM4: [-100%, 12.5%, 1]
            confidence: 97.5%
            holding_days: 10
            floor: 0.02
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("margin.yaml"), text);
    }

    private static MarginSettings readFile(Path file) {
        return MarginFile.read(
                InputText.read(file.toString(), file),
                name -> InputText.read(file.resolveSibling(name).toString(), file.resolveSibling(name)));
    }

    private MarginSettings read(String text) throws Exception {
        return readFile(file(text));
    }

    private List<String> faults(String text) throws Exception {
        return faults(file(text));
    }

    private List<String> faults(Path file) {
        IllegalArgumentException refused = catchThrowableOfType(IllegalArgumentException.class, () -> readFile(file));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.getMessage()
                .lines()
                .map(fault -> fault.replace(folder.toString() + '/', ""))
                .toList();
    }

    @Test
    void readsEveryKey() throws Exception {
        MarginSettings settings = read(EVERY_KEY);
        String source = folder.resolve("margin.yaml").toString();
        assertThat(settings)
                .isEqualTo(new MarginSettings(
                        MarginKind.SCAN,
                        new FixedMargin(
                                source,
                                number("0.1"),
                                Map.of("ESH4", number("0.08"), "NQH4", number("0.125"), "NO", number("0.5"))),
                        new ScanMargin(
                                source,
                                new ScanRange(number("0.05"), true),
                                Map.of(
                                        "ESH4", new ScanRange(number("50"), false),
                                        "ESM4", new ScanRange(number("45.25"), false)),
                                List.of(
                                        new SpreadPair("ESH4", "ESM4", number("20")),
                                        new SpreadPair("ESM4", "1e5", number("0.123456789012345678")))),
                        new HistoricalVar(
                                source,
                                new Returns(
                                        List.of("1", "2", "3"),
                                        Map.of(
                                                "ESH4", List.of(number("-0.04"), number("-0.03"), Decimal.ZERO),
                                                "ESM4", List.of(number("-1"), number("0.125"), Decimal.ONE))),
                                number("0.975"),
                                10,
                                number("0.02"))));
        assertThat(settings.model()).isEqualTo(settings.scan());
    }

    @Test
    void readsTheWorkedCases() throws Exception {
        MarginPosition longNear = position("ESH4", "USD", "10", "7", "102.25");
        assertThat(read("model: fixed\nrate: 8%\n")
                        .model()
                        .requirements(List.of(longNear))
                        .get(0)
                        .requirement())
                .isEqualTo(number("572.60"));
        assertThat(read("model: scan\nscan_ranges: {A: 50, B: 45}\nspreads: [{legs: [A, B], charge: 20}]\n")
                        .model()
                        .requirements(List.of(position("A", "10", "1000"), position("B", "-6", "1000")))
                        .get(0)
                        .requirement())
                .isEqualTo(number("350"));
        assertThat(read("model: var\nconfidence: 90%\n"
                                + "returns: {ESH4: [-4%, -3%, -2%, -1%, 0, 0, 1%, 2%, 3%, 4%]}\n")
                        .model()
                        .requirements(List.of(longNear))
                        .get(0)
                        .requirement())
                .isEqualTo(number("214.7250"));
    }

    @Test
    void leavesWhatIsAbsentAtItsDefault() throws Exception {
        MarginSettings settings = read("\ufeffmodel: VAR\r\n");
        assertThat(settings.kind()).isEqualTo(MarginKind.VAR);
        assertThat(settings.historical().confidence()).isEqualTo(number("0.99"));
        assertThat(settings.historical().holdingDays()).isEqualTo(1);
        assertThat(settings.historical().floor()).isEqualTo(Decimal.ZERO);
        assertThat(settings.fixed().rate()).isNull();
        assertThat(settings.scan().range()).isNull();
    }

    @Test
    void namesEveryFaultWithLineKeyExpectedAndFound() throws Exception {
        assertThat(faults("""
                                modle: fixed
                                rate: 8
                                rates:
                                  A: -0.01
                                  B: 1e-2
                                  C: [1]
                                  D:
                                  E: {}
                                scan_range: wide
                                scan_ranges: 5%
                                spreads:
                                  - {legs: [A, A], charge: 20}
                                  - {legs: [A, B], charge: -1, ratio: 2}
                                  - {legs: [A, B, C]}
                                  - {legs: A, charge: 20%}
                                  - A/B
                                confidence: 100%
                                holding_days: 1.5
                                floor: yes
                                """))
                .containsExactly(
                        "margin.yaml:1: unknown key \"modle\"; keys are model, rate, rates, scan_range, scan_ranges,"
                                + " spreads, returns, confidence, holding_days, floor",
                        "margin.yaml: model is missing, must be fixed, scan or var",
                        "margin.yaml:2: rate must be a fraction from 0 to 1 like 8% or 0.08, was \"8\"",
                        "margin.yaml:4: rates.A must be a fraction from 0 to 1 like 8% or 0.08, was \"-0.01\"",
                        "margin.yaml:5: rates.B must be a fraction from 0 to 1 like 8% or 0.08, was \"1e-2\"",
                        "margin.yaml:6: rates.C must be a fraction from 0 to 1 like 8% or 0.08, was [\"1\"]",
                        "margin.yaml:7: rates.D must be a fraction from 0 to 1 like 8% or 0.08, was \"\"",
                        "margin.yaml:8: rates.E must be a fraction from 0 to 1 like 8% or 0.08, was a map",
                        "margin.yaml:9: scan_range must be price points like 50 or a percentage of the settlement price"
                                + " like 5%, was \"wide\"",
                        "margin.yaml:10: scan_ranges must be a map of instruments with values, was \"5%\"",
                        "margin.yaml:12: spreads item 1: legs must be a list of two different instruments like"
                                + " [ESH4, ESM4], was [\"A\", \"A\"]",
                        "margin.yaml:13: unknown key \"spreads item 2: ratio\"; keys are legs, charge",
                        "margin.yaml:13: spreads item 2: charge must be a number of zero or more like 20, was \"-1\"",
                        "margin.yaml:14: spreads item 3: charge is missing",
                        "margin.yaml:14: spreads item 3: legs must be a list of two different instruments like"
                                + " [ESH4, ESM4], was [\"A\", \"B\", \"C\"]",
                        "margin.yaml:15: spreads item 4: legs must be a list of two different instruments like"
                                + " [ESH4, ESM4], was \"A\"",
                        "margin.yaml:15: spreads item 4: charge must be a number of zero or more like 20, was \"20%\"",
                        "margin.yaml:16: spreads item 5 must be a map like {legs: [ESH4, ESM4], charge: 20},"
                                + " was \"A/B\"",
                        "margin.yaml:17: confidence must be between 0 and 1, both left out, like 99% or 0.99,"
                                + " was \"100%\"",
                        "margin.yaml:18: holding_days must be a whole number of days from 1 to 365, was \"1.5\"",
                        "margin.yaml:19: floor must be a fraction from 0 to 1 like 8% or 0.08, was \"yes\"");
    }

    @Test
    void refusesReturnsThatCannotBeAddedUp() throws Exception {
        assertThat(faults("model: var\nreturns:\n  A: [-4, 0]\n  B: []\n  C: 1%\n"))
                .containsExactly(
                        "margin.yaml:3: returns.A item 1 must be a fraction of -1 or more like -4% or -0.04,"
                                + " was \"-4\"",
                        "margin.yaml:4: returns.B must be a list like [-4%, 0.03], was []",
                        "margin.yaml:5: returns.C must be a list like [-4%, 0.03], was \"1%\"");
        assertThat(faults("model: var\nreturns:\n  A: [0, 0]\n  B:\n    - 0\n"))
                .containsExactly("margin.yaml:4: returns.B must have as many returns as A (2), has 1");
        assertThat(faults("model: var\nreturns: [1%]\n"))
                .containsExactly(
                        "margin.yaml:2: returns must be a map like {ESH4: [-4%, 0.03]} or the name of a CSV file,"
                                + " was [\"1%\"]");
    }

    @Test
    void refusesAPairThatIsThereTwice() throws Exception {
        assertThat(faults("model: scan\nspreads:\n  - {legs: [A, B], charge: 1}\n  - {legs: [B, A], charge: 2}\n"))
                .containsExactly("margin.yaml:4: spreads item 2: B/A is there already");
    }

    @Test
    void readsReturnsFromAFileBesideIt() throws Exception {
        Files.writeString(folder.resolve("returns.csv"), "scenario,instrument,return\nmon,A,-4%\ntue,A,0.03\n");
        assertThat(read("model: var\nreturns: returns.csv\n").historical().returns())
                .isEqualTo(new Returns(List.of("mon", "tue"), Map.of("A", List.of(number("-0.04"), number("0.03")))));
        Files.writeString(folder.resolve("returns.csv"), "scenario,instrument,return\nmon,A,x\n");
        assertThat(faults("model: var\nrate: 8\nreturns: returns.csv\n"))
                .containsExactly(
                        "margin.yaml:2: rate must be a fraction from 0 to 1 like 8% or 0.08, was \"8\"",
                        "returns.csv:2: return must be a fraction of -1 or more like -4% or -0.04, was \"x\"");
        assertThat(faults("model: var\nreturns: missing.csv\n")).containsExactly("missing.csv: no such file");
    }

    @Test
    void refusesWhatIsNoMapOfKeys() throws Exception {
        assertThat(faults("")).containsExactly("margin.yaml: is empty");
        assertThat(faults("# nothing\n")).containsExactly("margin.yaml: is empty");
        assertThat(faults("fixed\n"))
                .containsExactly("margin.yaml:1: must be keys with values like \"model: fixed\", was \"fixed\"");
        assertThat(faults("[a, b, c, d, e]\n"))
                .containsExactly("margin.yaml:1: must be keys with values like \"model: fixed\","
                        + " was [\"a\", \"b\", \"c\", \"d\", …]");
        assertThat(faults("- model: fixed\n"))
                .containsExactly("margin.yaml:1: must be keys with values like \"model: fixed\", was [a map]");
    }

    @Test
    void refusesWhatIsNoYamlOrMoreThanOneDocument() throws Exception {
        assertThat(faults("model: fixed\nrates: {A: 1%\nB: 2\n").get(0)).startsWith("margin.yaml:3: is no YAML: ");
        assertThat(faults("model: fixed\n---\nmodel: scan\n"))
                .containsExactly("margin.yaml:3: a second document begins; one is expected");
        assertThat(faults("model: fixed\nrate: 1%\nrate: 2%\n"))
                .containsExactly("margin.yaml:3: key \"rate\" is there twice");
        assertThat(faults("model: var\nreturns:\n  A: &a [1%]\n  B: *a\n"))
                .containsExactly("margin.yaml:4: aliases like *name are not understood; write the value out");
        assertThat(faults("model: " + "[".repeat(20) + "]".repeat(20)))
                .containsExactly("margin.yaml:1: nests deeper than 16 levels");
    }

    @Test
    void refusesFilesThatCannotBeUsed() throws Exception {
        assertThat(faults(folder.resolve("missing.yaml"))).containsExactly("missing.yaml: no such file");
        assertThat(faults(Files.createDirectory(folder.resolve("folder"))))
                .containsExactly("folder: is a directory, not a file");
        Path latin1 = Files.write(
                folder.resolve("latin1.yaml"),
                "model: fixed\nrates: {Zürich: 8%}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(faults(latin1)).containsExactly("latin1.yaml: must be UTF-8");
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(16 * 1024 * 1024 + 1);
        }
        assertThat(faults(large)).containsExactly("large.yaml: has more than 16777216 bytes");
    }

    @Test
    void readsAFileOfSeveralMegabytes() throws Exception {
        List<String> series = Collections.nCopies(400_000, "-0.0123456");
        assertThat(read("model: var\nreturns:\n  A: [" + String.join(", ", series) + "]\n")
                        .historical()
                        .returns()
                        .scenarios())
                .hasSize(400_000);
    }

    @Test
    void tellsTheFirstFiftyOfManyFaults() throws Exception {
        StringBuilder text = new StringBuilder("model: fixed\nrates:\n");
        for (int i = 0; i < 60; i++) {
            text.append("  I").append(i).append(": x\n");
        }
        assertThat(faults(text.toString())).hasSize(51).last().isEqualTo("margin.yaml: and 10 more");
    }

    @Test
    void shortensWhatItQuotes() throws Exception {
        assertThat(faults("model: \"" + "x".repeat(100) + "\"\n"))
                .containsExactly("margin.yaml:1: model must be fixed, scan or var, was \"" + "x".repeat(60) + "…\"");
        assertThat(faults("model: \"a\\nb\"\n"))
                .containsExactly("margin.yaml:1: model must be fixed, scan or var, was \"a?b\"");
        assertThat(faults("model: fixed\nrate: 0." + "1".repeat(63) + "\n")).hasSize(1);
    }
}
