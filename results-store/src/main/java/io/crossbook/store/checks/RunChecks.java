package io.crossbook.store.checks;

import io.crossbook.model.Decimal;
import io.crossbook.model.Instruments;
import io.crossbook.store.files.RunFile;
import io.crossbook.store.files.RunFileReader;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.RunManifest.InstrumentFigures;
import io.crossbook.store.files.SideBySide;
import io.crossbook.store.rows.FillRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a run by its files: every invariant of {@link CheckName} is computed again from the rows, independently of what the
 * matcher and the ledger said.
 *
 * <p>Reads each file two or three times, row by row: orders, ledger and hash are passes of their own that go side by side.
 * Memory holds the open orders with fills of one instrument, and the open lots of all.
 */
public final class RunChecks {
    private final Path folder;
    private final RunManifest manifest;
    private final Instruments instruments;
    private final Findings findings = new Findings();

    private RunChecks(Path folder, RunManifest manifest, Instruments instruments) {
        this.folder = folder;
        this.manifest = manifest;
        this.instruments = instruments;
    }

    /** Checks a finished run by its folder alone, with the instruments that its {@code run.json} describes. */
    public static Map<String, RunManifest.Check> check(Path folder) throws IOException {
        RunManifest manifest = RunManifest.read(folder);
        return check(folder, manifest, manifest.describedInstruments(), null);
    }

    /**
     * Checks a run.
     *
     * @param manifest its summary, written yet or not; its checks are not looked at
     * @param fills all external fills by instrument (in UTF-8 byte order) and sequence, or {@code null} if they are not at hand: then
     *     instruments with fills are checked only within their own rows, and counted as not recomputed
     * @return by {@link CheckName#key}, all checks in the order of {@link CheckName}
     * @throws IOException if a file is missing or cannot be read as what it should be
     */
    public static Map<String, RunManifest.Check> check(
            Path folder, RunManifest manifest, Instruments instruments, @Nullable Iterable<FillRow> fills)
            throws IOException {
        RunChecks checks = new RunChecks(folder, manifest, instruments);
        checks.run(fills);
        return checks.findings.toChecks();
    }

    private void run(@Nullable Iterable<FillRow> fills) throws IOException {
        checkInput();
        checkRejects();
        Findings ofOrders = new Findings();
        Findings ofLedger = new Findings();
        Findings ofHash = new Findings();
        SideBySide.run(() -> checkOrders(ofOrders), () -> checkLedger(fills, ofLedger), () -> checkHash(ofHash));
        findings.add(ofOrders);
        findings.add(ofLedger);
        findings.add(ofHash);
    }

    private void checkOrders(Findings found) throws IOException {
        OrderChecks.check(folder, found);
        checkQueues(found);
        BookChecks.check(folder, symbols(InstrumentFigures::leftInCall), found);
    }

    private void checkLedger(@Nullable Iterable<FillRow> fills, Findings found) throws IOException {
        Recomputed recomputed =
                LedgerChecks.check(folder, instruments, fills, symbols(figures -> figures.fills() > 0), found);
        checkSummary(recomputed, PositionChecks.check(folder, instruments, recomputed, found), found);
    }

    private Set<String> symbols(Predicate<InstrumentFigures> which) {
        return manifest.instruments().stream()
                .filter(which)
                .map(InstrumentFigures::instrument)
                .collect(Collectors.toSet());
    }

    private void checkInput() {
        RunManifest.Input input = manifest.input();
        Finding finding = findings.of(CheckName.INPUT_ACCOUNTED);
        finding.figure("rows", input.rows());
        finding.figure("accepted", input.accepted());
        finding.figure("rejected", input.rejected());
        finding.figure("duplicate", input.duplicate());
        long accounted = input.accepted() + input.rejected() + input.duplicate();
        if (input.rows() != accounted) {
            finding.fault(input.rows() + " rows went in, accepted + rejected + duplicate is " + accounted);
        }
        compareSum(finding, "accepted", input.accepted(), InstrumentFigures::accepted);
        compareSum(finding, "duplicate", input.duplicate(), InstrumentFigures::duplicate);
    }

    private void compareSum(Finding finding, String name, long total, ToLongFunction<InstrumentFigures> figure) {
        long sum = manifest.instruments().stream().mapToLong(figure).sum();
        if (sum != total) {
            finding.fault(name + " is " + total + " in all, but " + sum + " over the instruments");
        }
    }

    /**
     * One reject for each rejected row. Not so for LOBSTER: a group of messages is one order, and orders of the opening book are
     * no rows; there every rejected row still needs a reject.
     */
    private void checkRejects() throws IOException {
        Finding finding = findings.of(CheckName.REJECTS_KEPT);
        long rows = 0;
        try (RunFileReader rejects = RunFileReader.open(folder, RunFile.REJECTS)) {
            while (rejects.next()) {
                rows++;
            }
        }
        long rejected = manifest.input().rejected();
        finding.figure("rejects", rows);
        finding.figure("rejected", rejected);
        if (isLobster() ? rejected > 0 && rows == 0 : rejected != rows) {
            finding.fault(rejected + " rows were rejected, rejects.csv has " + rows);
        }
    }

    /** Whether a file of the run was read as LOBSTER, by {@code config.files}. */
    private boolean isLobster() {
        return manifest.config().get("files") instanceof List<?> files
                && files.stream()
                        .anyMatch(file -> file instanceof Map<?, ?> settings
                                && "LOBSTER".equalsIgnoreCase(String.valueOf(settings.get("format"))));
    }

    /** What only the matcher can see of its queues. */
    private void checkQueues(Findings found) {
        for (InstrumentFigures figures : manifest.instruments()) {
            if (figures.queueFaults() > 0) {
                found.of(CheckName.PRICE_TIME_PRIORITY)
                        .fault(figures.instrument() + ": " + figures.queueFaults()
                                + " orders were out of their place in a price queue");
            }
            if (figures.crossed()) {
                found.of(CheckName.BOOK_NOT_CROSSED)
                        .fault(figures.instrument() + ": the matcher found its book crossed");
            }
        }
    }

    private void checkSummary(Recomputed recomputed, Map<String, PositionChecks.Totals> positions, Findings found) {
        Finding finding = found.of(CheckName.SUMMARY);
        finding.figure("trades", recomputed.trades);
        if (manifest.trades() != recomputed.trades) {
            finding.fault("trades is " + manifest.trades() + ", trades.csv has " + recomputed.trades);
        }
        Map<String, Decimal> realized = new TreeMap<>();
        Map<String, Decimal> fees = new TreeMap<>();
        positions.forEach((symbol, totals) -> {
            String currency = instruments.get(symbol).currency();
            realized.merge(currency, totals.realized, Decimal::plus);
            fees.merge(currency, totals.fees, Decimal::plus);
        });
        compareTotals(finding, "volume", manifest.volume(), recomputed.volume);
        compareTotals(finding, "realized_pnl", manifest.realizedPnl(), realized);
        compareTotals(finding, "fees", manifest.fees(), fees);
    }

    private static void compareTotals(
            Finding finding, String name, Map<String, Decimal> said, Map<String, Decimal> summed) {
        Set<String> keys = new TreeSet<>(said.keySet());
        keys.addAll(summed.keySet());
        for (String key : keys) {
            Decimal one = said.getOrDefault(key, Decimal.ZERO);
            Decimal other = summed.getOrDefault(key, Decimal.ZERO);
            if (!one.equals(other)) {
                finding.fault(name + " of " + key + " is " + one + ", the files sum to " + other);
            }
        }
    }

    private void checkHash(Findings found) throws IOException {
        Finding finding = found.of(CheckName.HASH);
        String hash = RunHash.of(folder);
        finding.figure("sha256", hash);
        if (!hash.equals(manifest.hash())) {
            finding.fault("hash is " + manifest.hash() + ", that of the files " + hash);
        }
    }
}
