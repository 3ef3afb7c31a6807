package io.crossbook.clearing;

import io.crossbook.clearing.Manifest.Figures;
import io.crossbook.clearing.Manifest.Input;
import io.crossbook.clearing.Manifest.Totals;
import io.crossbook.store.clearing.ClearingChecks;
import io.crossbook.store.clearing.ClearingFigures;
import io.crossbook.store.clearing.ClearingReport;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is published: a file for each table, the statements of each member, and the manifest over them. All of it goes
 * into a folder beside, which takes its place when it is whole.
 */
final class StatementStep implements DayStep {
    private final Path folder;
    private @Nullable Manifest manifest;

    StatementStep(Path folder) {
        this.folder = folder;
    }

    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        Path whole = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            delete(whole);
            Files.createDirectories(whole);
            Map<String, String> hashes = new LinkedHashMap<>();
            FileHash over = new FileHash();
            for (ClearingReport report : ClearingReport.values()) {
                hashes.put(report.file(), write(connection, day, report, whole, over));
            }
            new MemberStatements(connection, day, whole.resolve("members")).write();
            Manifest made = manifest(connection, day, hashes, over.hex());
            Files.writeString(whole.resolve("manifest.json"), made.toJson());
            replace(whole);
            manifest = made;
        } catch (IOException e) {
            throw new UncheckedIOException("the statements cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** What was written; empty if the step was done by a process before this one. */
    Optional<Manifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    private static String write(Connection connection, Day day, ClearingReport report, Path whole, FileHash over)
            throws IOException, SQLException {
        FileHash own = new FileHash();
        try (CsvFile file = new CsvFile(whole.resolve(report.file()), report.columns(), own, over)) {
            report.each(connection, day.clearingNo(), file::line);
        }
        return own.hex();
    }

    private void replace(Path whole) throws IOException {
        delete(folder);
        Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Manifest manifest(Connection connection, Day day, Map<String, String> hashes, String hash)
            throws SQLException {
        ClearingRun run = day.run();
        Optional<ClearingRun> previous = ClearingRunTable.find(connection, run.previous());
        Optional<ClearingRun> superseded = ClearingRunTable.find(connection, run.superseded());
        Map<String, Input> inputs = new TreeMap<>();
        day.terms()
                .inputs()
                .files()
                .forEach((option, file) -> inputs.put(option, new Input(file.name(), file.sha256())));
        Map<String, Long> checks = new LinkedHashMap<>();
        Map<String, Long> made = new LinkedHashMap<>();
        ClearingChecks.list(connection, run.clearingNo()).forEach(check -> made.put(check.name(), check.breaks()));
        GateStep.queries().forEach(name -> checks.put(name, made.get(name)));
        made.forEach(checks::putIfAbsent);
        Map<String, Totals> totals = new LinkedHashMap<>();
        ClearingFigures.totals(connection, run.clearingNo())
                .forEach(each -> totals.put(
                        each.currency(),
                        new Totals(
                                each.variationMargin(),
                                each.deliveries(),
                                each.fees(),
                                each.marginRequirement(),
                                each.marginCalls(),
                                each.rounding())));
        ClearingFigures.Counts counts = ClearingFigures.counts(connection, run.clearingNo());
        return new Manifest(
                new Manifest.Run(
                        run.runId(),
                        run.businessDate().toString(),
                        run.runNo(),
                        !run.whatIf(),
                        run.whatIf(),
                        run.reason(),
                        previous.map(each -> each.businessDate().toString()).orElse(null),
                        superseded.map(ClearingRun::runNo).orElse(null),
                        day.terms().inputs().calendar()),
                inputs,
                ClearingFigures.methods(connection, run.clearingNo()),
                checks,
                new Figures(counts.instruments(), counts.members(), counts.legs(), counts.openPositions()),
                totals,
                hashes,
                hash);
    }
}
