package io.crossbook.clearing;

import io.crossbook.store.RunExport;
import io.crossbook.store.RunTable;
import io.crossbook.store.clearing.ClearingChecks;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Holds the batch to the stream: lots and profit, and whether Postgres still has what a finished trading run said that it had,
 * by the hash of its manifest. A run that goes on has no hash yet.
 */
final class ReconcileStep implements DayStep {
    static final String STREAM_HASH = "stream_hash";

    private final GateStep queries = GateStep.reconciliation();
    private final DataSource database;

    /** @param database where the run is read in a transaction of its own, so that all tables show one moment */
    ReconcileStep(DataSource database) {
        this.database = database;
    }

    @Override
    public void clear(Connection connection, Day day) throws SQLException {
        queries.clear(connection, day);
        ClearingChecks.forget(connection, day.clearingNo(), STREAM_HASH);
        String runId = day.run().runId();
        String told = RunTable.find(connection, runId).orElseThrow().hash();
        if (told != null) {
            ClearingChecks.compare(connection, day.clearingNo(), STREAM_HASH, "run " + runId, told, hash(runId));
        }
    }

    private String hash(String runId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return RunExport.hash(connection, runId);
        }
    }
}
