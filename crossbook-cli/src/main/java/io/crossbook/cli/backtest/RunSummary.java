package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.Figures;
import io.crossbook.cli.console.TextTable;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.Check;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see of a run first: a line on the whole, a table with a line for each instrument, totals by
 * currency, what was put in, the checks and the hash.
 *
 * <p>Money is rounded to two decimals for the eye here; the files hold every digit.
 */
public final class RunSummary {
    private static final int WIDTH = 80;
    private static final int MOST_INSTRUMENTS = 20;
    private static final String LABELLED = "%-10s%s";

    private final RunManifest run;
    private final Console console;

    public RunSummary(RunManifest run, Console console) {
        this.run = run;
        this.console = console;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        if (run.firstTimestamp() != null) {
            lines.add("from " + run.firstTimestamp() + " to " + run.lastTimestamp());
        }
        lines.add("");
        if (!run.instruments().isEmpty()) {
            lines.addAll(table().lines(WIDTH));
            leftOut(lines);
            lines.add("");
        }
        lines.addAll(labelled("input", input()));
        lines.addAll(checkLines(run.checks(), console));
        lines.addAll(labelled("hash", run.hash()));
        return lines;
    }

    private String headline() {
        return console.strong("run " + run.runId()) + ": "
                + counted(run.input().rows(), "row") + ", " + counted(run.clients(), "client") + ", "
                + counted(run.trades(), "trade") + ", "
                + String.format(Locale.ROOT, "%.1f s", run.elapsedSeconds()) + " ("
                + Figures.count(run.commandsPerSecond()) + " rows/s)";
    }

    private static String counted(long number, String thing) {
        return Figures.count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    private TextTable table() {
        boolean fills = run.instruments().stream().anyMatch(figures -> figures.fills() > 0);
        boolean currencies = currencies().size() > 1;
        List<String> columns = new ArrayList<>(List.of("instrument", ">commands", ">rejected", ">trades"));
        if (fills) {
            columns.add(">fills");
        }
        columns.addAll(List.of(">volume", ">last price", ">realized", ">fees"));
        if (currencies) {
            columns.add("ccy");
        }
        TextTable table = new TextTable(columns.toArray(String[]::new));
        shown().forEach(figures -> table.row(row(figures, fills, currencies)));
        if (run.instruments().size() > 1) {
            currencies().forEach(currency -> table.row(total(currency, fills, currencies)));
        }
        return table;
    }

    /** The busiest instruments, in the order of their names. */
    private List<InstrumentFigures> shown() {
        return run.instruments().stream()
                .sorted(Comparator.comparingLong(RunSummary::commands).reversed())
                .limit(MOST_INSTRUMENTS)
                .sorted(Comparator.comparing(InstrumentFigures::instrument))
                .toList();
    }

    private void leftOut(List<String> lines) {
        int more = run.instruments().size() - MOST_INSTRUMENTS;
        if (more > 0) {
            lines.add("(the busiest " + MOST_INSTRUMENTS + "; " + counted(more, "more instrument") + " in run.json)");
        }
    }

    private Set<String> currencies() {
        return run.instruments().stream()
                .map(InstrumentFigures::currency)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String[] row(InstrumentFigures figures, boolean fills, boolean currencies) {
        List<String> cells = new ArrayList<>();
        cells.add(figures.instrument());
        cells.add(Figures.count(commands(figures)));
        cells.add(Figures.count(figures.rejected()));
        cells.add(Figures.count(figures.trades()));
        if (fills) {
            cells.add(Figures.count(figures.fills()));
        }
        cells.add(Figures.exact(figures.volume().toBigDecimal()));
        cells.add(lastPrice(figures.lastPrice()));
        cells.add(Figures.money(figures.realizedPnl().toBigDecimal()));
        cells.add(Figures.money(figures.fees().toBigDecimal()));
        if (currencies) {
            cells.add(figures.currency());
        }
        return cells.toArray(String[]::new);
    }

    private static String lastPrice(@Nullable Decimal price) {
        return price == null ? "-" : Figures.exact(price.toBigDecimal());
    }

    /** Quantities of different instruments are never added, so a total has no volume. */
    private String[] total(String currency, boolean fills, boolean currencies) {
        List<InstrumentFigures> of = run.instruments().stream()
                .filter(figures -> figures.currency().equals(currency))
                .toList();
        List<String> cells = new ArrayList<>();
        cells.add("total" + (currencies ? "" : " " + currency));
        cells.add(Figures.count(of.stream().mapToLong(RunSummary::commands).sum()));
        cells.add(
                Figures.count(of.stream().mapToLong(InstrumentFigures::rejected).sum()));
        cells.add(Figures.count(of.stream().mapToLong(InstrumentFigures::trades).sum()));
        if (fills) {
            cells.add(Figures.count(
                    of.stream().mapToLong(InstrumentFigures::fills).sum()));
        }
        cells.add("");
        cells.add("");
        cells.add(Figures.money(
                run.realizedPnl().getOrDefault(currency, Decimal.ZERO).toBigDecimal()));
        cells.add(Figures.money(run.fees().getOrDefault(currency, Decimal.ZERO).toBigDecimal()));
        if (currencies) {
            cells.add(currency);
        }
        return cells.toArray(String[]::new);
    }

    private static long commands(InstrumentFigures figures) {
        return figures.accepted() + figures.rejected() + figures.duplicate();
    }

    private String input() {
        return Figures.count(run.input().rows()) + " rows = "
                + Figures.count(run.input().accepted()) + " accepted + "
                + Figures.count(run.input().rejected()) + " rejected + "
                + Figures.count(run.input().duplicate()) + " duplicate";
    }

    /** {@code checks  9 of 9 ok}, or which failed, with the figures. */
    public static List<String> checkLines(Map<String, Check> checks, Console console) {
        long ok = checks.values().stream().filter(Check::ok).count();
        boolean well = ok == checks.size();
        String names = String.join(", ", checks.keySet()).replace('_', ' ');
        String verdict = ok + " of " + checks.size() + " ok";
        List<String> lines = new ArrayList<>(labelled("checks", verdict + (well && ok > 0 ? ": " + names : "")));
        lines.set(0, lines.get(0).replace(verdict, well ? console.good(verdict) : console.bad(verdict)));
        checks.forEach((name, check) -> {
            if (!check.ok()) {
                lines.add(console.bad("FAILED") + "    " + name.replace('_', ' ') + ": "
                        + (check.message() == null ? "" : check.message() + " ") + check.figures());
            }
        });
        return lines;
    }

    /** A label and its text, the text broken at spaces so that lines fit a terminal. */
    public static List<String> labelled(String label, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + word.length() + 11 > WIDTH) {
                lines.add(String.format(LABELLED, lines.isEmpty() ? label : "", line));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(String.format(LABELLED, lines.isEmpty() ? label : "", line));
        return lines;
    }
}
