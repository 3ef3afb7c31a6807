package io.crossbook.store;

import java.sql.SQLException;
import java.sql.Statement;

/** A table in which each run has a partition of its own, so that its rows go with it at once. */
interface RunPartition {
    String name();

    /** The partition of the run with this number. Run ids can be longer than a name may be, and have dots. */
    default String partition(int runNo) {
        return name() + "_r" + runNo;
    }

    /**
     * Makes the partition of a run. Attached, not created as a partition: that would wait for everybody who uses any run
     * of this table, and make them wait.
     *
     * @param quotedRunId the run id as an SQL literal
     */
    default void createPartition(Statement statement, int runNo, String quotedRunId) throws SQLException {
        String partition = partition(runNo);
        statement.execute("CREATE TABLE " + partition + " (LIKE " + name() + " INCLUDING ALL)");
        statement.execute("ALTER TABLE " + partition + " ALTER COLUMN run_id SET DEFAULT " + quotedRunId);
        statement.execute(
                "ALTER TABLE " + name() + " ATTACH PARTITION " + partition + " FOR VALUES IN (" + quotedRunId + ")");
    }

    default void dropPartition(Statement statement, int runNo) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS " + partition(runNo));
    }
}
