package io.crossbook.cli.clear;

import io.crossbook.cli.backtest.RunSummary;
import io.crossbook.cli.console.TextTable;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clearings as a table for each trading run, with what went wrong below it. */
final class ClearingList {
    private static final int WIDTH = 80;
    private static final int DIGITS_OF_HASH = 12;

    private final Map<String, List<ClearingState>> chains = new LinkedHashMap<>();

    ClearingList(List<ClearingState> states) {
        states.forEach(state -> chains.computeIfAbsent(state.run().runId(), runId -> new ArrayList<>())
                .add(state));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        chains.forEach((runId, states) -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("run " + runId);
            lines.addAll(table(states).lines(WIDTH));
            states.forEach(state -> lines.addAll(failure(state)));
        });
        return lines;
    }

    private static TextTable table(List<ClearingState> states) {
        TextTable table = new TextTable("date", ">number", "state", "step", "started", ">seconds", "hash");
        states.forEach(state -> table.row(
                state.run().businessDate().toString(),
                Integer.toString(state.run().runNo()),
                state.run().whatIf() && !state.word().equals("what-if") ? "what-if, " + state.word() : state.word(),
                orDash(state.run().step()),
                state.started().truncatedTo(ChronoUnit.SECONDS).toString(),
                String.format(Locale.ROOT, "%.1f", state.seconds()),
                state.run().hash() == null ? "-" : state.run().hash().substring(0, DIGITS_OF_HASH)));
        return table;
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static List<String> failure(ClearingState state) {
        return state.run().failure() == null
                ? List.of()
                : RunSummary.labelled(
                        state.run().businessDate() + "-" + state.run().runNo() + " ",
                        state.run().failure().replace('\n', ' '));
    }
}
