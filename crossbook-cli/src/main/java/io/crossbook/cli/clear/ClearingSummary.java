package io.crossbook.cli.clear;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossbook.cli.backtest.RunSummary;
import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Figures;
import io.crossbook.cli.console.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a person wants to see of a clearing first: what it was, a line for each currency, the checks and the hash. */
final class ClearingSummary {
    private static final int WIDTH = 80;

    private final JsonNode clearing;
    private final String folder;
    private final Console console;

    /** @param folder of its files, as a person would type it */
    ClearingSummary(JsonNode clearing, String folder, Console console) {
        this.clearing = clearing;
        this.folder = folder;
        this.console = console;
    }

    List<String> lines() {
        JsonNode run = clearing.path("run");
        JsonNode figures = clearing.path("figures");
        List<String> lines = new ArrayList<>();
        lines.add(console.strong("clearing " + run.path("business_date").asText()) + " of run "
                + run.path("run_id").asText() + ", number " + run.path("run_no").asInt());
        lines.add((run.path("official").asBoolean() ? "official" : "what if, not official")
                + (run.path("previous_date").isNull()
                        ? ", first of its chain"
                        : ", after " + run.path("previous_date").asText())
                + (run.path("supersedes").isNull()
                        ? ""
                        : ", instead of number " + run.path("supersedes").asInt()));
        lines.add(Figures.count(figures.path("members").asLong()) + " members, "
                + Figures.count(figures.path("instruments").asLong()) + " instruments, "
                + Figures.count(figures.path("legs").asLong()) + " legs");
        lines.add("");
        lines.addAll(totals().lines(WIDTH));
        lines.add("");
        lines.addAll(RunSummary.labelled("prices", methods()));
        lines.addAll(checks());
        lines.addAll(RunSummary.labelled("hash", clearing.path("hash").asText()));
        lines.addAll(RunSummary.labelled("files", folder));
        return lines;
    }

    private TextTable totals() {
        TextTable table = new TextTable("ccy", ">variation", ">deliveries", ">fees", ">margin", ">calls", ">rounding");
        clearing.path("totals")
                .properties()
                .forEach(each -> table.row(
                        each.getKey(),
                        money(each.getValue(), "variation_margin"),
                        money(each.getValue(), "deliveries"),
                        money(each.getValue(), "fees"),
                        money(each.getValue(), "margin_requirement"),
                        money(each.getValue(), "margin_calls"),
                        money(each.getValue(), "rounding")));
        return table;
    }

    private static String money(JsonNode totals, String name) {
        return Figures.money(new BigDecimal(totals.path(name).asText()));
    }

    private String methods() {
        java.util.TreeMap<String, Integer> counts = new java.util.TreeMap<>();
        clearing.path("methods").elements().forEachRemaining(method -> counts.merge(method.asText(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((method, count) -> words.add(count + " " + method));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private List<String> checks() {
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        clearing.path("checks").properties().forEach(check -> {
            String name = check.getKey().replace('_', ' ');
            if (check.getValue().asLong(-1) == 0) {
                good.add(name);
            } else {
                bad.add(name);
            }
        });
        int all = good.size() + bad.size();
        String verdict = good.size() + " of " + all + " ok";
        List<String> lines = new ArrayList<>(
                RunSummary.labelled("checks", verdict + (bad.isEmpty() ? ": " + String.join(", ", good) : "")));
        lines.set(0, lines.get(0).replace(verdict, bad.isEmpty() ? console.good(verdict) : console.bad(verdict)));
        bad.forEach(name -> lines.add(console.bad("FAILED") + "    " + name));
        return lines;
    }
}
