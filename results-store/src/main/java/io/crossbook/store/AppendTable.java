package io.crossbook.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A table that a run only adds to, with {@code COPY}, in a partition of its own whose key is built when the run ends.
 *
 * @param <R> the row
 */
interface AppendTable<R> extends RunPartition, CopyTable<R> {
    @Override
    String name();

    /** The number of the command, within the row's instrument, that brought the row about. */
    default String causedBy() {
        return "sequence";
    }

    /** Which rows say how the run ended, whatever command they name. */
    default String isEndRow() {
        return "false";
    }

    /** Into the run's partition, where {@code run_id} has its default. */
    @Override
    default String copyInto(int runNo) {
        return "COPY " + partition(runNo) + " (" + columns() + ") FROM STDIN";
    }

    /**
     * What the read side looks for besides the key, in a run that goes on. Each costs every row that is written: no more
     * than the questions of {@code io.crossbook.store.queries} need.
     */
    default List<LiveIndex> indexes() {
        return List.of();
    }

    /** Builds the indexes of a run's partition that are not there. */
    default void buildIndexes(Statement statement, int runNo) throws SQLException {
        for (LiveIndex index : indexes()) {
            statement.execute("CREATE INDEX IF NOT EXISTS " + partition(runNo) + "_" + index.name() + " ON "
                    + partition(runNo) + " " + index.definition());
        }
    }

    /**
     * Has the server look after the partition of a run that goes on each time it has doubled. By default it does so for each
     * tenth and each fifth more, which in a run's first hours is all of its tables every minute.
     */
    default void tendSeldom(Statement statement, int runNo) throws SQLException {
        statement.execute("ALTER TABLE " + partition(runNo)
                + " SET (autovacuum_analyze_scale_factor = 1, autovacuum_vacuum_insert_scale_factor = 1)");
    }

    /** Builds the key of a run's partition, unless it is there. */
    default void buildKey(Statement statement, int runNo) throws SQLException {
        try (ResultSet answer =
                statement.executeQuery("SELECT EXISTS (SELECT FROM pg_constraint WHERE contype = 'p' AND conrelid = '"
                        + partition(runNo) + "'::regclass)")) {
            answer.next();
            if (answer.getBoolean(1)) {
                return;
            }
        }
        statement.execute("ALTER TABLE " + partition(runNo) + " ADD PRIMARY KEY (" + key() + ")");
    }
}
