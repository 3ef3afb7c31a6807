package io.crossbook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.Decimal;
import io.crossbook.pnl.FillsCsv;
import io.crossbook.pnl.FillsCsv.Row;
import io.crossbook.pnl.IbkrFills;
import io.crossbook.pnl.Rp2Fills;
import io.crossbook.replay.input.RealData;
import io.crossbook.store.checks.RunChecks;
import io.crossbook.store.files.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of a broker and results of a tax engine, lot by lot, from a fills file through the whole program. */
class RealFillsIT {
    /** The broker shows its figures to six decimals. */
    private static final Decimal SHOWN = Decimal.of(1, 6);
    /** The engine shows sixteen digits of thirds and ninths; at nine decimals both are the same number. */
    private static final int COMPARABLE_DIGITS = 9;
    /** Of code {@code A;C}: the assigned option's premium is in the broker's figure, and no trade of the stock. */
    private static final Decimal ASSIGNED_PREMIUM = Decimal.parse("20.527914");

    @TempDir
    private static Path home;

    @ParameterizedTest
    @CsvSource({"test_data, 63000, 82337, 63481, 82538", "test_data2, 0.51, 18392, 29492, 18392"})
    void realizesTheGainsOfTheTaxEngineAssetByAssetAndLotByLot(String name, String b1, String b2, String b3, String b4)
            throws Exception {
        Path folder = RealData.file("pnl_rp2");
        List<String> fills = Rp2Fills.convert(folder, name);
        Runs.Outcome run = run(new Runs(home).of(name, "fills.csv", text(fills)), fills);

        Map<String, Decimal> totals = new TreeMap<>();
        for (CSVRecord position : run.rows("positions.csv")) {
            totals.put(
                    position.get("instrument"), number(position, "realized_pnl").minus(number(position, "fees")));
        }
        assertThat(totals)
                .isEqualTo(Map.of(
                        "B1",
                        Decimal.parse(b1),
                        "B2",
                        Decimal.parse(b2),
                        "B3",
                        Decimal.parse(b3),
                        "B4",
                        Decimal.parse(b4)));
        assertSameLots(run.rows("realized.csv"), fills, FillsCsv.rows(folder.resolve(name + "_gains.csv")));
        System.out.println("RP2 " + name + ": " + run.rows("realized.csv").size() + " pieces of lots, gains " + totals);
    }

    /** Each taxable event closes the same amount of the same lots, for the same gain. */
    private static void assertSameLots(List<CSVRecord> realized, List<String> fills, List<Row> gains) {
        Map<String, Instant> times = new HashMap<>();
        Map<String, Decimal> ourGains = new TreeMap<>();
        for (List<String> fill : fills.stream().skip(1).map(FillsCsv::fields).toList()) {
            Instant time = instant(fill.get(0));
            times.put(fill.get(2) + " " + fill.get(1), time);
            Decimal fee = Decimal.parse(fill.get(8));
            if (!fee.isZero()) {
                // Income: the engine taxes it when it comes in.
                ourGains.merge(fill.get(2) + " " + time, fee.negate(), Decimal::plus);
            }
        }
        Map<String, Decimal> ourPieces = new TreeMap<>();
        for (CSVRecord piece : realized) {
            String asset = piece.get("instrument") + " ";
            Instant closed = instant(piece.get("timestamp"));
            ourGains.merge(asset + closed, number(piece, "pnl"), Decimal::plus);
            ourPieces.merge(
                    asset + times.get(asset + piece.get("opening_trade_id")) + " " + closed,
                    number(piece, "quantity"),
                    Decimal::plus);
        }
        Map<String, Decimal> theirGains = new TreeMap<>();
        Map<String, Decimal> theirPieces = new TreeMap<>();
        for (Row row : gains) {
            String asset = row.text("Asset") + " ";
            Instant event = instant(row.text("Taxable Event Timestamp"));
            theirGains.merge(asset + event, row.number("Capital Gains"), Decimal::plus);
            String lot = row.text("Acquired Lot Timestamp");
            if (!lot.isEmpty()) {
                theirPieces.merge(asset + instant(lot) + " " + event, row.number("Crypto Amount"), Decimal::plus);
            }
        }
        assertThat(ourPieces).isNotEmpty().isEqualTo(theirPieces);
        theirGains.replaceAll((event, gain) -> gain.rounded(COMPARABLE_DIGITS));
        ourGains.replaceAll((event, gain) -> gain.rounded(COMPARABLE_DIGITS));
        assertThat(ourGains).isEqualTo(theirGains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data_multi_account.csv",
                "data_numbers_within_quotes.csv",
                "data_single_account.csv",
                "data_single_account_2022.csv"
            })
    void realizesWhatTheBrokersStatementSaysOfEachClosingExecution(String name) throws Exception {
        Path file = RealData.file("pnl_ibkr").resolve(name);
        List<Row> statement = IbkrFills.lines(file);
        List<String> fills = IbkrFills.convert(file);
        Path instruments = Files.writeString(home.resolve("instruments-" + name), instruments(statement));
        BacktestSettings settings = Runs.with(
                new Runs(home).of(name, "fills.csv", text(fills)),
                all -> all.put("instruments", instruments.toString()));
        Runs.Outcome run = run(settings, fills);

        Map<String, Decimal> realizedByExecution = new HashMap<>();
        for (CSVRecord piece : run.rows("realized.csv")) {
            realizedByExecution.merge(piece.get("closing_trade_id"), number(piece, "pnl"), Decimal::plus);
        }
        Map<String, Decimal> cash = new HashMap<>();
        int closings = 0;
        for (Row row : statement) {
            if (IbkrFills.isTrade(row) && !IbkrFills.opens(row)) {
                closings++;
                Decimal ours = realizedByExecution.get(IbkrFills.tradeId(row)).plus(row.number("Comm/Fee"));
                boolean assigned = row.text("Code").equals("A;C");
                assertNear(
                        assigned ? ours.plus(ASSIGNED_PREMIUM) : ours,
                        row.number("Realized P/L"),
                        "line " + row.line());
                cash.merge(
                        row.text("Symbol"),
                        row.number("Proceeds").plus(row.number("Comm/Fee")).plus(row.number("Basis")),
                        Decimal::plus);
            }
        }
        assertThat(closings).isPositive();
        for (CSVRecord position : run.rows("positions.csv")) {
            String symbol = position.get("instrument");
            if (cash.containsKey(symbol)) {
                assertThat(position.get("net_quantity")).as(symbol).isEqualTo("0");
                assertNear(number(position, "net_pnl"), cash.remove(symbol), symbol);
            }
        }
        assertThat(cash).as("symbols without a position").isEmpty();
        System.out.println("IBKR " + name + ": " + closings + " closing executions are the broker's");
    }

    private static Runs.Outcome run(BacktestSettings settings, List<String> fills) throws Exception {
        Runs.Outcome run = Runs.run(settings).isComplete(fills.size() - 1);
        assertThat(run.manifest().input().accepted()).isEqualTo(fills.size() - 1);
        assertThat(run.lines("trades.csv")).as("fills are no trades of ours").hasSize(1);
        // The folder alone does not hold the fills; what it holds must stand nevertheless.
        assertThat(RunChecks.check(run.out()).values()).allMatch(RunManifest.Check::ok);
        return run;
    }

    private static String instruments(List<Row> statement) {
        TreeSet<String> lines = new TreeSet<>();
        for (Row row : statement) {
            lines.add('"' + row.text("Symbol") + "\",EQUITY,USD,0.0001,1," + IbkrFills.multiplier(row));
        }
        return "instrument,kind,currency,tick_size,lot_size,multiplier\n" + String.join("\n", lines) + '\n';
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + '\n';
    }

    private static Decimal number(CSVRecord row, String column) {
        return Decimal.parse(row.get(column));
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    }

    private static void assertNear(Decimal ours, Decimal theirs, String what) {
        assertThat(ours.minus(theirs).abs())
                .as("%s: %s against %s", what, ours, theirs)
                .isLessThanOrEqualTo(SHOWN);
    }
}
