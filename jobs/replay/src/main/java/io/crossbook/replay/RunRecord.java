package io.crossbook.replay;

import io.crossbook.model.Instruments;
import io.crossbook.store.Database;
import io.crossbook.store.InstrumentTable;
import io.crossbook.store.RunExport;
import io.crossbook.store.RunProgressTable;
import io.crossbook.store.RunProgressTable.Progress;
import io.crossbook.store.RunTable;
import io.crossbook.store.files.RunManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** The run as Postgres knows it: begun, finished, dropped, read back. */
final class RunRecord {
    private final String runId;
    private final DatabaseLogin login;

    RunRecord(String runId, DatabaseLogin login) {
        this.runId = runId;
        this.login = login;
    }

    void migrate() throws SQLException {
        Database.migrate(login.url(), login.user(), login.password());
    }

    boolean exists() throws SQLException {
        try (Connection connection = login.connect()) {
            return RunTable.find(connection, runId).isPresent();
        }
    }

    /** Opens a backtest, or opens it again for an attempt that goes on. */
    void begin(BacktestSettings settings, Instruments instruments, Instant now) throws SQLException, IOException {
        begin("backtest", settings.version(), settings.toJson(), settings.executions(), instruments, now);
    }

    /** Opens a live run, or opens it again, possibly with more instruments. */
    void begin(LiveSettings settings, Instruments instruments, Instant now) throws SQLException, IOException {
        begin("live", settings.version(), settings.toJson(), true, instruments, now);
    }

    /** Prepares a run that goes on to be asked meanwhile. */
    void prepareToGrow() throws SQLException {
        try (Connection connection = login.connect()) {
            RunTable.prepareToGrow(connection, runId);
        }
    }

    private void begin(
            String mode, String version, String config, boolean keepsExecutions, Instruments instruments, Instant now)
            throws SQLException {
        try (Connection connection = login.connect()) {
            if (RunTable.find(connection, runId).isPresent()) {
                RunTable.resume(connection, runId);
            } else {
                RunTable.insert(
                        connection, new RunTable.NewRun(runId, mode, version, config, keepsExecutions, nanos(now)));
            }
            InstrumentTable.insert(connection, runId, instruments.described().values());
        }
    }

    /**
     * Builds the keys of the run's tables, which {@link #finish} needs.
     *
     * @throws IOException if the server refuses one, because a row was written twice
     */
    void buildKeys() throws IOException {
        try (Connection connection = login.connect()) {
            RunTable.buildKeys(connection, runId);
        } catch (SQLException refused) {
            throw new IOException(
                    "cannot build the keys of run " + runId + " in Postgres: " + refused.getMessage(), refused);
        }
    }

    void finish(RunManifest manifest, Collection<Progress> progress, RunFigures figures, Instant now)
            throws SQLException {
        RunManifest.Input input = manifest.input();
        try (Connection connection = login.connect()) {
            RunProgressTable.write(connection, runId, progress);
            RunTable.finish(
                    connection,
                    runId,
                    new RunTable.Outcome(
                            manifest.hash(),
                            input.rows(),
                            input.accepted(),
                            input.rejected(),
                            input.duplicate(),
                            manifest.trades(),
                            figures.firstTime(),
                            figures.lastTime(),
                            manifest.toJson(),
                            nanos(now)));
        }
    }

    /** Writes those files that the hash is of, of a run whose rows are all stored. */
    void exportHashed(Path folder) throws SQLException, IOException {
        try (Connection connection = login.connect()) {
            RunExport.exportHashed(connection, runId, folder);
        }
    }

    /** Writes all files of a run whose rows are all stored, and what the run keeps for itself. */
    void exportForClosing(Path folder, Path internal) throws SQLException, IOException {
        try (Connection connection = login.connect()) {
            RunExport.exportForClosing(connection, runId, folder, internal);
        }
    }

    /** The instruments that the run has. */
    Instruments instruments() throws SQLException {
        try (Connection connection = login.connect()) {
            return new Instruments(InstrumentTable.read(connection, runId));
        }
    }

    /** The instruments that the run has commands of. */
    Set<String> tradedInstruments() throws SQLException {
        try (Connection connection = login.connect()) {
            return RunTable.writtenInstruments(connection, runId);
        }
    }

    void drop() throws SQLException {
        try (Connection connection = login.connect()) {
            RunTable.drop(connection, runId);
        }
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
