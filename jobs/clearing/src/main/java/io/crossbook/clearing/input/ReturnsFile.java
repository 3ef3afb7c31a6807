package io.crossbook.clearing.input;

import io.crossbook.clearing.margin.Returns;
import io.crossbook.model.Decimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads past returns from CSV rows {@code scenario,instrument,return}, in any order. A scenario is any text, usually a
 * date; every instrument of the file needs a return for every scenario of it, so that losses of one day are added up.
 */
final class ReturnsFile {
    private static final List<String> COLUMNS = List.of("scenario", "instrument", "return");

    private final Set<String> scenarios = new LinkedHashSet<>();
    private final Map<String, Map<String, Decimal>> byInstrument = new LinkedHashMap<>();
    private final Map<String, List<Decimal>> series = new HashMap<>();

    private ReturnsFile() {}

    /**
     * The returns of a file.
     *
     * @throws IllegalArgumentException naming every fault with its place, one on a line
     */
    static Returns read(InputText text) {
        ReturnsFile file = new ReturnsFile();
        CsvTable.each(text, COLUMNS, file::readReturn, file::lineUp);
        return new Returns(List.copyOf(file.scenarios), file.series);
    }

    private void readReturn(CsvTable.Line line) {
        String scenario = line.text("scenario");
        String instrument = line.text("instrument");
        String digits = line.text("return");
        Decimal fraction = NumberRule.RETURN.readOrNull(digits);
        if (scenario.isEmpty() || instrument.isEmpty()) {
            line.fault((scenario.isEmpty() ? "scenario" : "instrument") + " is missing");
        } else if (fraction == null) {
            line.fault("return must be " + NumberRule.RETURN.words() + ", was " + Faults.quoted(digits));
        } else {
            scenarios.add(scenario);
            Decimal earlier = byInstrument
                    .computeIfAbsent(instrument, first -> new HashMap<>())
                    .putIfAbsent(scenario, fraction);
            if (earlier != null) {
                line.fault(instrument + " has a return for scenario " + scenario + " already");
            }
        }
    }

    /** Brings the returns of each instrument into the order of the scenarios. */
    private void lineUp(Faults faults) {
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
    }
}
