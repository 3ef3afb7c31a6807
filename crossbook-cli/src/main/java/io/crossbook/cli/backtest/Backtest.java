package io.crossbook.cli.backtest;

import io.crossbook.cli.console.Console;
import io.crossbook.cli.console.ExitCode;
import io.crossbook.cli.console.Installation;
import io.crossbook.cli.console.StopHook;
import io.crossbook.cli.console.Surroundings;
import io.crossbook.cli.console.UsageException;
import io.crossbook.cli.database.DatabaseAddress;
import io.crossbook.cli.database.DatabaseChoice;
import io.crossbook.cli.database.DatabaseSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One backtest from its options to the summary: refuse, start the database, replay, draw, tell. */
final class Backtest {
    private final Surroundings surroundings;
    private final InputOptions input;
    private final RunOptions run;
    private final Path dataDir;
    private final RunNames names;
    private final ReplayProcess replay;
    private @Nullable RunOutcome outcome;

    Backtest(Surroundings surroundings, InputOptions input, RunOptions run) {
        this.surroundings = surroundings;
        this.input = input;
        this.run = run;
        this.dataDir = surroundings.resolve(run.dataDir);
        this.names = new RunNames(dataDir);
        this.replay = new ReplayProcess(surroundings.installation(), surroundings.console());
    }

    /** Runs it, tells what came of it and returns the exit code of the command. */
    int run() {
        int exitCode = replay();
        outcome(exitCode).ifPresent(outcome -> outcome.tell(exitCode, run.json));
        return exitCode;
    }

    /** Runs it and returns the exit code of the command. */
    int replay() {
        run.check();
        input.check(surroundings);
        DatabaseChoice choice = DatabaseChoice.parse(run.db, surroundings.environment());
        @Nullable String heap = run.job.heap(surroundings.environment());
        refuseTakenPlaces();
        replay.requireBuilt();
        String runId = runId();
        Path out = run.out != null ? surroundings.resolve(run.out) : outParent().resolve(runId);
        outcome = new RunOutcome(surroundings, out, snapshots(runId), run.capital);
        try (StopHook stopHook = new StopHook(surroundings.console());
                DatabaseSession database =
                        stopHook.opened(() -> DatabaseSession.open(choice, dataDir, surroundings.console()))) {
            return replay.run(
                    new ReplayProcess.Request(
                            "backtest",
                            "io.crossbook.replay.BacktestMain",
                            runId,
                            dataDir,
                            settings(runId, out, database).toJson(),
                            true,
                            "The same command with --resume goes on from the newest checkpoint."),
                    database.address().map(DatabaseAddress::password),
                    heap,
                    stopHook);
        } finally {
            names.releaseIfUnused(runId);
        }
    }

    /** The results of the run that was made, if it came that far. */
    Optional<RunOutcome> outcome(int exitCode) {
        return hasResults(exitCode) ? Optional.ofNullable(outcome) : Optional.empty();
    }

    private void refuseTakenPlaces() {
        boolean mayHoldRun = run.resume || run.replace;
        if (run.runId != null && !mayHoldRun && names.isKnown(run.runId)) {
            throw new UsageException("--run-id: there is a run \"" + run.runId
                    + "\" already; go on with it by --resume," + " start it over by --replace, or choose another id");
        }
        Path out = run.out != null ? surroundings.resolve(run.out) : null;
        if (out == null && run.runId != null) {
            out = outParent().resolve(run.runId);
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new UsageException("--out: " + surroundings.shown(out) + " is a file, a folder is needed");
        }
        if (out != null && !mayHoldRun && RunNames.holdsRun(out)) {
            throw new UsageException("--out: " + surroundings.shown(out) + " holds a run already; write over it by"
                    + " --replace, or choose another folder");
        }
    }

    private String runId() {
        if (run.runId != null) {
            return run.runId;
        }
        String base = RunNames.after(input.firstFile());
        return run.resume || run.replace ? names.newest(base) : names.takeNew(base, outParent());
    }

    private Path outParent() {
        return surroundings.workingDirectory().resolve("out");
    }

    private ReplaySettings settings(String runId, Path out, DatabaseSession database) {
        Console console = surroundings.console();
        return new ReplaySettings(
                runId,
                out.toString(),
                dataDir.toString(),
                input.files(surroundings),
                input.instrumentsPath(surroundings),
                input.map(),
                input.ignoreExtra(),
                run.job.parallelism(),
                database.address().map(ReplaySettings.Database::of).orElse(null),
                run.checkpointIntervalMillis(),
                run.job.state(),
                run.job.snapshotIntervalNanos(),
                run.executions,
                run.bookHistory,
                run.job.orderIds(),
                run.maxRejects,
                run.speedFactor(),
                input.from(),
                input.to(),
                input.openingBookPath(surroundings),
                input.zone(),
                run.resume,
                run.replace,
                console.progressBar() ? "bar" : "none",
                Installation.version());
    }

    private static boolean hasResults(int exitCode) {
        return exitCode == ExitCode.OK || exitCode == ExitCode.CHECK_FAILED || exitCode == ExitCode.INPUT_STOPPED;
    }

    private Path snapshots(String runId) {
        return names.folder(runId).resolve("pnl_snapshots.csv");
    }
}
