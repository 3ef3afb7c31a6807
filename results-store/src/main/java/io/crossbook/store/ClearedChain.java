package io.crossbook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The clearings of a trading run, of which they are a part: they go when it goes. The journal lets go of what was posted
 * only if the trading run is gone already, so all of it happens in one transaction.
 */
final class ClearedChain {
    /** Tables whose rows carry the number of a clearing. */
    private static final List<String> BY_CLEARING = List.of(
            "clearing_instruments",
            "trade_corrections",
            "clearing_corrections",
            "clearing_legs",
            "settlement_prices",
            "clearing_positions",
            "clearing_pnl",
            "variation_margins",
            "obligations",
            "deliveries",
            "clearing_lots",
            "clearing_fees",
            "margin_requirements",
            "journal",
            "balances",
            "clearing_checks",
            "clearing_breaks");

    private static final String OF_CHAIN =
            " WHERE clearing_no IN (SELECT clearing_no FROM clearing_runs WHERE run_id = ?)";

    private static final String DELETE_RUNS_SQL = "DELETE FROM clearing_runs WHERE run_id = ?";

    /** What Spring Batch remembers goes too, since a run of the same name begins with the same numbers. */
    private static final String DELETE_JOBS_SQL = """
            DELETE FROM batch.batch_job_instance
            WHERE job_instance_id IN (
                SELECT e.job_instance_id
                FROM batch.batch_job_execution e JOIN batch.batch_job_execution_params p USING (job_execution_id)
                WHERE p.parameter_name = 'run' AND p.parameter_value = ?)
            """;

    private ClearedChain() {}

    /** Removes what is left of a run that was removed in the same transaction. */
    static void drop(Connection connection, String runId) throws SQLException {
        for (String table : BY_CLEARING) {
            Statements.update(connection, "DELETE FROM " + table + OF_CHAIN, runId);
        }
        Statements.update(connection, DELETE_RUNS_SQL, runId);
        Statements.update(connection, DELETE_JOBS_SQL, runId);
    }
}
