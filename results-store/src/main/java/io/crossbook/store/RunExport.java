package io.crossbook.store;

import io.crossbook.store.files.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes the files of a stored run again, byte for byte. Memory does not grow with the run. */
public final class RunExport {
    private static final int ROWS_AT_ONCE = 5_000;

    private RunExport() {}

    /**
     * Writes the CSV files of a finished run.
     *
     * @param connection used for one read-only transaction, so that all files show the same moment
     * @param folder where the files go; older ones of their names are replaced once all are written
     * @throws IllegalStateException if there is no such run, or it is not finished
     */
    public static void export(Connection connection, String runId, Path folder) throws SQLException, IOException {
        boolean autoCommitBefore = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            RunTable.RunRow run = RunTable.require(connection, runId);
            if (run.state() != RunTable.State.FINISHED) {
                throw new IllegalStateException(
                        "Run \"" + runId + "\" is " + run.state() + "; only a finished run can be exported");
            }
            try (RunFiles files = new RunFiles(folder, run.keepsExecutions())) {
                export(connection, run, files);
                files.commit();
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommitBefore);
        }
    }

    private static void export(Connection connection, RunTable.RunRow run, RunFiles files)
            throws SQLException, IOException {
        String runId = run.runId();
        TradeTable trades = new TradeTable();
        OrderTable orders = new OrderTable();
        RealizedTable realized = new RealizedTable();
        LotTable lots = new LotTable();
        PositionTable positions = new PositionTable();
        BookSnapshotTable books = new BookSnapshotTable();
        RejectTable rejects = new RejectTable();
        ExecutionTable executions = new ExecutionTable();
        each(connection, TradeTable.IN_FILE_ORDER, runId, row -> files.append(trades.read(row)));
        each(connection, OrderTable.IN_FILE_ORDER, runId, row -> files.append(orders.read(row)));
        each(connection, RealizedTable.IN_FILE_ORDER, runId, row -> files.append(realized.read(row)));
        each(connection, LotTable.IN_FILE_ORDER, runId, row -> files.append(lots.read(row)));
        each(connection, PositionTable.IN_FILE_ORDER, runId, row -> files.append(positions.read(row)));
        each(connection, BookSnapshotTable.IN_FILE_ORDER, runId, row -> files.append(books.readEnd(row)));
        each(connection, RejectTable.IN_FILE_ORDER, runId, row -> files.append(rejects.read(row)));
        if (run.keepsExecutions()) {
            each(connection, ExecutionTable.IN_FILE_ORDER, runId, row -> files.append(executions.read(row)));
        }
    }

    /** Without auto-commit and with a fetch size the driver reads through a cursor, not everything at once. */
    private static void each(Connection connection, String select, String runId, RowSink sink)
            throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    sink.accept(row);
                }
            }
        }
    }

    private interface RowSink {
        void accept(ResultSet row) throws SQLException, IOException;
    }
}
