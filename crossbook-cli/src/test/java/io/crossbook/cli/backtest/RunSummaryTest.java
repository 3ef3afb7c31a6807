package io.crossbook.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.console.Console;
import io.crossbook.model.Decimal;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.Check;
import io.crossbook.store.files.RunManifest.Input;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private static final Console PLAIN = new Console(System.out, System.err, false, false);
    private static final Check OK = new Check(true, Map.of(), null);

    @Test
    void showsTheWholeRunInEightyColumns() {
        RunManifest run = run(
                List.of(
                        figures("ACME", "USD", 67_804, 1_204, "812500.5", "101.25", "12345.678"),
                        figures("BETA", "USD", 1_200, 0, "0", null, "0")),
                Map.of("book_not_crossed", OK));
        List<String> lines = new RunSummary(run, PLAIN).lines();
        assertThat(lines)
                .containsExactly(
                        "run day: 69,004 rows, 24 clients, 8,120 trades, 5.2 s (13,270 rows/s)",
                        "from 2026-03-02T09:00:00.000000000Z to 2026-03-02T17:30:00.000000000Z",
                        "",
                        "instrument  commands  rejected  trades     volume  last price   realized  fees",
                        "ACME          67,804     1,204   8,120  812,500.5      101.25  12,345.68  1.50",
                        "BETA           1,200         0   8,120          0           -       0.00  1.50",
                        "total USD     69,004     1,204  16,240                         12,345.68  3.00",
                        "",
                        "input     69,004 rows = 67,800 accepted + 1,204 rejected + 0 duplicate",
                        "checks    1 of 1 ok: book not crossed",
                        "hash      00ff");
    }

    @Test
    void neverAddsAcrossCurrencies() {
        RunManifest run = run(
                List.of(figures("ACME", "EUR", 10, 0, "1", "1", "5"), figures("BETA", "USD", 10, 0, "1", "1", "7")),
                Map.of("book_not_crossed", OK));
        assertThat(new RunSummary(run, PLAIN).lines())
                .filteredOn(line -> line.startsWith("total"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("5.00").endsWith("EUR"))
                .anySatisfy(line -> assertThat(line).contains("7.00").endsWith("USD"));
    }

    @Test
    void saysWhichCheckFailedWithItsFigures() {
        RunManifest run = run(
                List.of(),
                Map.of("cash_is_zero", new Check(false, Map.of("ACME", "0.01"), "cash of ACME does not sum to zero")));
        assertThat(new RunSummary(run, PLAIN).lines())
                .contains(
                        "checks    0 of 1 ok", "FAILED    cash is zero: cash of ACME does not sum to zero {ACME=0.01}");
    }

    @Test
    void showsTheBusiestOfManyInstruments() {
        List<InstrumentFigures> many = IntStream.range(0, 500)
                .mapToObj(i -> figures("I%03d".formatted(i), "USD", 1000 + i, 0, "1", "1", "0"))
                .toList();
        List<String> lines = new RunSummary(run(many, Map.of()), PLAIN).lines();
        assertThat(lines).contains("(the busiest 20; 480 more instruments in run.json)");
        assertThat(lines).anyMatch(line -> line.startsWith("I499")).noneMatch(line -> line.startsWith("I479"));
    }

    private static InstrumentFigures figures(
            String symbol,
            String currency,
            long commands,
            long rejected,
            String volume,
            @Nullable String last,
            String pnl) {
        return new InstrumentFigures(
                symbol,
                currency,
                commands - rejected,
                rejected,
                0,
                8120,
                0,
                Decimal.parse(volume),
                last == null ? null : Decimal.parse(last),
                Decimal.parse(pnl),
                Decimal.parse("1.5"),
                false,
                false,
                0);
    }

    private static RunManifest run(List<InstrumentFigures> instruments, Map<String, Check> checks) {
        Map<String, Decimal> pnl = new TreeMap<>();
        Map<String, Decimal> fees = new TreeMap<>();
        for (InstrumentFigures figures : instruments) {
            pnl.merge(figures.currency(), figures.realizedPnl(), Decimal::plus);
            fees.merge(figures.currency(), figures.fees(), Decimal::plus);
        }
        return new RunManifest(
                "day",
                "backtest",
                "0.1.0",
                Map.of(),
                new Input(List.of(), 69_004, 67_800, 1_204, 0, 0, null),
                8_120,
                Map.of(),
                24,
                pnl,
                fees,
                "00ff",
                checks,
                5.2,
                13_270,
                1,
                0,
                "2026-03-02T09:00:00.000000000Z",
                "2026-03-02T17:30:00.000000000Z",
                instruments);
    }
}
