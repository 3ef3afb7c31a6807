package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.store.checks.RunChecks;
import io.crossbook.store.files.FillFile;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import io.crossbook.store.files.SideBySide;
import io.crossbook.store.files.SpoolMerger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The end of a run: its files out of the spools, its figures, its hash, its checks, and the same told to Postgres. */
final class RunClosing {
    private final RunSummary summary;
    private final boolean executions;
    private final Path out;
    private final RunDirectory directory;
    private final Instruments instruments;
    private final @Nullable RunRecord record;

    /**
     * @param executions whether the run has them in a file
     * @param out folder for the run's files
     * @param record {@code null} for a run without Postgres
     */
    RunClosing(
            RunSummary summary,
            boolean executions,
            Path out,
            RunDirectory directory,
            Instruments instruments,
            @Nullable RunRecord record) {
        this.summary = summary;
        this.executions = executions;
        this.out = out;
        this.directory = directory;
        this.instruments = instruments;
        this.record = record;
    }

    /**
     * Closes the run.
     *
     * @param files what went in
     * @param restarts how often the run went back to a checkpoint
     * @param startedAt of this attempt, on the clock of {@link System#nanoTime}
     * @return the exit code
     */
    int close(List<RunManifest.InputFile> files, int restarts, long startedAt) throws IOException, SQLException {
        Files.createDirectories(out);
        String hash = SpoolMerger.merge(spools(), out, directory.root(), executions);
        Summaries summaries = Summaries.readAll(directory.spools());
        RunFigures figures = RunFigures.of(summaries, instruments, out);
        RunManifest unchecked = summary.manifest(files, restarts, startedAt, summaries, figures, hash);
        Map<String, RunManifest.Check> checks = new LinkedHashMap<>();
        RunRecord stored = record;
        if (stored == null) {
            checks.putAll(check(unchecked));
        } else {
            // The server builds the keys while the files are checked.
            SideBySide.run(() -> checks.putAll(check(unchecked)), stored::buildKeys);
            checks.put("postgres_equals_files", comparePostgres(stored, unchecked.hash()));
        }
        RunManifest manifest = unchecked.withChecks(checks);
        if (stored != null) {
            stored.finish(manifest, figures.progress(), figures, Instant.now());
        }
        manifest.write(out);
        if (!manifest.allChecksOk()) {
            return ExitCode.CHECK_FAILED;
        }
        return figures.end().brokenOff() || figures.end().tooManyRejects() ? ExitCode.BAD_INPUT : ExitCode.OK;
    }

    private Map<String, RunManifest.Check> check(RunManifest manifest) throws IOException {
        try (FillFile fills = FillFile.open(directory.root())) {
            return RunChecks.check(out, manifest, instruments, fills);
        }
    }

    private List<Path> spools() throws IOException {
        try (Stream<Path> entries = Files.list(directory.spools())) {
            return entries.filter(path -> path.getFileName().toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private RunManifest.Check comparePostgres(RunRecord stored, String hash) throws IOException, SQLException {
        Path exported = directory.root().resolve("exported");
        stored.exportHashed(exported);
        String exportedHash = RunHash.of(exported);
        RunDirectory.delete(exported);
        boolean equal = exportedHash.equals(hash);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("files", hash);
        figures.put("postgres", exportedHash);
        return new RunManifest.Check(equal, figures, equal ? null : "the rows in Postgres are not those of the files");
    }
}
