package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.store.checks.RunChecks;
import io.crossbook.store.files.FillFile;
import io.crossbook.store.files.RunHash;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The end of a run that went on until now: its files out of Postgres, its figures, its hash, its checks. */
final class LiveClosing {
    private final RunSummary summary;
    private final Path out;
    private final RunDirectory directory;
    private final Instruments instruments;
    private final RunRecord record;

    /** @param out folder for the run's files */
    LiveClosing(RunSummary summary, Path out, RunDirectory directory, Instruments instruments, RunRecord record) {
        this.summary = summary;
        this.out = out;
        this.directory = directory;
        this.instruments = instruments;
        this.record = record;
    }

    /**
     * Closes the run.
     *
     * @param restarts how often the run went back to a checkpoint
     * @param startedAt of this attempt, on the clock of {@link System#nanoTime}
     * @return the exit code
     */
    int close(int restarts, long startedAt) throws IOException, SQLException {
        Files.createDirectories(out);
        record.exportForClosing(out, directory.root());
        Summaries summaries = Summaries.readAll(directory.root());
        RunFigures figures = RunFigures.of(summaries, instruments, out);
        RunManifest unchecked = summary.manifest(List.of(), restarts, startedAt, summaries, figures, RunHash.of(out));
        try (FillFile fills = FillFile.open(directory.root())) {
            RunManifest manifest = unchecked.withChecks(RunChecks.check(out, unchecked, instruments, fills));
            record.finish(manifest, figures.progress(), figures, Instant.now());
            manifest.write(out);
            return manifest.allChecksOk() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
    }
}
