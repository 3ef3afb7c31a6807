package io.crossbook.replay;

import io.crossbook.model.PnlEvent;
import io.crossbook.model.RunEvent;
import io.crossbook.store.PnlSnapshotTable;
import io.crossbook.store.rows.PnlSnapshotRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/** Positions at the ends of intervals, upserted by Flink's JDBC connector: written twice they stay the same. */
final class PnlSnapshotSink {
    private static final int BATCH_ROWS = 2000;
    private static final int RETRIES = 3;

    private PnlSnapshotSink() {}

    static Sink<RunEvent> of(String runId, DatabaseLogin login) {
        JdbcConnectionOptions.JdbcConnectionOptionsBuilder connection =
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(login.url())
                        .withDriverName("org.postgresql.Driver");
        if (login.user() != null) {
            connection.withUsername(login.user());
        }
        if (login.password() != null) {
            connection.withPassword(login.password());
        }
        return JdbcSink.<RunEvent>builder()
                .withQueryStatement(
                        PnlSnapshotTable.UPSERT_SQL,
                        (statement, event) ->
                                PnlSnapshotTable.bind(statement, runId, PnlSnapshotRow.of((PnlEvent.Position) event)))
                .withExecutionOptions(JdbcExecutionOptions.builder()
                        .withBatchSize(BATCH_ROWS)
                        .withBatchIntervalMs(0)
                        .withMaxRetries(RETRIES)
                        .build())
                .buildAtLeastOnce(connection.build());
    }
}
