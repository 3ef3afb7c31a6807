package io.crossbook.clearing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.crossbook.clearing.ClearingSettings.Action;
import io.crossbook.store.clearing.ClearingRun;
import io.crossbook.store.clearing.ClearingRunTable;
import io.crossbook.store.clearing.ClearingRunTable.NewClearing;
import io.crossbook.store.clearing.TradingRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clears dates of a trading run: opens a clearing or takes up one that was cut off, runs the job, and says what came of it.
 * Whoever clears a chain holds its lock in the database for as long as the process lives.
 */
final class Clearing {
    private final ClearingSettings settings;
    private final PrintStream err;
    private final List<Manifest> done = new ArrayList<>();

    Clearing(ClearingSettings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
    }

    /** @throws RefusedException if it cannot be; {@link GateException} if the books do not balance */
    void run() throws SQLException, IOException {
        try (HikariDataSource database = Connections.open(settings.database());
                Connection lock = database.getConnection()) {
            String runId = chain(lock);
            if (!ClearingRunTable.tryLock(lock, runId)) {
                throw new RefusedException(taken(lock, runId));
            }
            BatchRunner runner = new BatchRunner(database, settings, err);
            try {
                act(lock, runner, runId);
            } finally {
                write();
            }
        }
    }

    private void act(Connection connection, BatchRunner runner, String runId) throws SQLException, IOException {
        List<ClearingRun> cutOff = ClearingRunTable.running(connection, runId);
        switch (settings.action()) {
            case RECOVER -> recover(runner, runId, cutOff);
            case STATEMENTS -> restate(connection, runner, runId);
            case CLEAR, WHAT_IF -> {
                ClearingRun run = settings.action() == Action.CLEAR
                        ? takeUpOrOpen(connection, runId, cutOff)
                        : open(connection, runId, businessDate(), terms(), true, settings.reason());
                done.add(runner.run(run));
                if (settings.cascade() && settings.action() == Action.CLEAR) {
                    cascade(connection, runner, run);
                }
            }
        }
    }

    private LocalDate businessDate() {
        LocalDate date = settings.businessDate();
        if (date == null) {
            throw new RefusedException("no --date given");
        }
        return date;
    }

    /** The run that is named, or {@code live} if it has trades that day, or the newest that has. */
    private String chain(Connection connection) throws SQLException {
        if (settings.runId() != null) {
            if (!TradingRuns.exists(connection, settings.runId())) {
                throw new RefusedException("no run \"" + settings.runId() + "\" in the database"
                        + TradingRuns.newest(connection)
                                .map(newest -> "; the newest is \"" + newest + '"')
                                .orElse(""));
            }
            return settings.runId();
        }
        Optional<String> found = settings.businessDate() == null
                ? ClearingRunTable.running(connection, null).stream()
                        .map(ClearingRun::runId)
                        .findFirst()
                : TradingRuns.tradedOn(connection, settings.businessDate());
        return found.or(() -> newestIfAny(connection))
                .orElseThrow(() -> new RefusedException(
                        "the database holds no run. Trade first, for example: ./crossbook backtest FILE"));
    }

    private static Optional<String> newestIfAny(Connection connection) {
        try {
            return TradingRuns.newest(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String taken(Connection connection, String runId) throws SQLException {
        return ClearingRunTable.running(connection, runId).stream()
                .findFirst()
                .map(run ->
                        "run " + runId + " is being cleared for " + run.businessDate() + " by another process, which is"
                                + " at the step \"" + run.step() + "\". Wait for it, or stop it")
                .orElse("run " + runId + " is being cleared by another process. Wait for it, or stop it");
    }

    private void recover(BatchRunner runner, String runId, List<ClearingRun> cutOff) throws SQLException, IOException {
        if (cutOff.isEmpty()) {
            err.println("clear: no clearing of run " + runId + " was cut off; nothing to recover");
            return;
        }
        for (ClearingRun run : cutOff) {
            if (settings.businessDate() == null || settings.businessDate().equals(run.businessDate())) {
                done.add(takeUp(runner, run));
            }
        }
    }

    private Manifest takeUp(BatchRunner runner, ClearingRun run) throws SQLException, IOException {
        tellTakenUp(run);
        return runner.run(run);
    }

    private void tellTakenUp(ClearingRun run) {
        err.println("clear: going on with run " + run.runNo() + " of " + run.businessDate()
                + ", which was cut off at the step \"" + run.step() + "\"");
    }

    private ClearingRun takeUpOrOpen(Connection connection, String runId, List<ClearingRun> cutOff)
            throws SQLException {
        Terms terms = terms();
        Optional<ClearingRun> same = cutOff.stream()
                .filter(run -> run.businessDate().equals(businessDate()) && !run.whatIf())
                .findFirst();
        if (same.isPresent()) {
            if (!same.get().inputs().equals(terms.inputs().toJson())) {
                throw new RefusedException(
                        "a clearing of " + businessDate() + " was cut off that was told other things."
                                + " Finish that first: ./crossbook clear recover --run " + runId);
            }
            tellTakenUp(same.get());
            return same.get();
        }
        cutOff.stream().filter(run -> !run.whatIf()).findFirst().ifPresent(other -> {
            throw new RefusedException("the clearing of " + other.businessDate() + " was cut off. Finish it first:"
                    + " ./crossbook clear recover --run " + runId);
        });
        return open(connection, runId, businessDate(), terms, false, settings.reason());
    }

    private Terms terms() {
        return Terms.read(InputFiles.read(settings));
    }

    private ClearingRun open(
            Connection connection,
            String runId,
            LocalDate date,
            Terms terms,
            boolean whatIf,
            @org.jspecify.annotations.Nullable String reason)
            throws SQLException {
        Chain chain = new Chain(runId, ClearingRunTable.official(connection, runId), terms.calendar());
        Optional<ClearingRun> superseded = chain.officialOn(date);
        if (superseded.isPresent() && !whatIf && reason == null) {
            throw new RefusedException(date + " of run " + runId + " is cleared (run "
                    + superseded.get().runNo() + "). To clear it again, say why: ./crossbook clear --date " + date
                    + " --run " + runId + " --reason TEXT" + (chain.hasLater(date) ? " --cascade" : ""));
        }
        Optional<ClearingRun> previous = chain.previousOf(date);
        return ClearingRunTable.insert(
                connection,
                new NewClearing(
                        runId,
                        date,
                        whatIf,
                        reason,
                        terms.inputs().toJson(),
                        previous.map(ClearingRun::clearingNo).orElse(null),
                        whatIf ? null : superseded.map(ClearingRun::clearingNo).orElse(null),
                        WallClock.nanos()));
    }

    /** Clears again what was cleared behind a date, in order, each day as it was told then. */
    private void cascade(Connection connection, BatchRunner runner, ClearingRun changed)
            throws SQLException, IOException {
        List<ClearingRun> later = ClearingRunTable.official(connection, changed.runId()).stream()
                .filter(run -> run.businessDate().isAfter(changed.businessDate()) && run.stale())
                .toList();
        for (ClearingRun stale : later) {
            ClearingRun again = open(
                    connection,
                    stale.runId(),
                    stale.businessDate(),
                    Terms.read(ClearingInputs.fromJson(stale.inputs())),
                    false,
                    "cleared again behind " + changed.businessDate() + ": " + changed.reason());
            done.add(runner.run(again));
        }
    }

    /** Writes the files of a finished clearing again. */
    private void restate(Connection connection, BatchRunner runner, String runId) throws SQLException, IOException {
        ClearingRun run = ClearingRunTable.official(connection, runId).stream()
                .filter(each -> each.businessDate().equals(businessDate()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(businessDate() + " of run " + runId + " is not cleared. Try:"
                        + " ./crossbook clear --date " + businessDate() + " --run " + runId));
        done.add(runner.restate(run));
    }

    private void write() throws IOException {
        ObjectNode result = Manifest.JSON.createObjectNode();
        ArrayNode clearings = result.putArray("clearings");
        done.forEach(manifest -> clearings.add(manifest.toTree()));
        Files.writeString(Path.of(settings.result()), Manifest.JSON.writeValueAsString(result));
    }
}
