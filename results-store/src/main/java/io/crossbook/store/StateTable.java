package io.crossbook.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A table that holds how things stand: its rows are replaced. They are loaded into a temporary table, which costs no log,
 * and from there written over those of the same key.
 *
 * @param <R> the row
 */
interface StateTable<R> extends CopyTable<R> {
    /** What an {@code INSERT} does with a row that is there, called {@code stored}: the clause from {@code ON CONFLICT} on. */
    String onConflict();

    /** Where the rows go in the end. */
    default String target(int runNo) {
        return name();
    }

    /** Which rows of the stage are rows of the table. */
    default String isRow() {
        return "true";
    }

    default String stage() {
        return name() + "_stage";
    }

    /** Into the stage, from where {@link #mergeStage} takes them. */
    @Override
    default String copyInto(int runNo) {
        return "COPY " + stage() + " (" + columns() + ") FROM STDIN";
    }

    default void createStage(Statement statement) throws SQLException {
        statement.execute("CREATE TEMPORARY TABLE " + stage() + " ON COMMIT DELETE ROWS AS SELECT " + columns()
                + " FROM " + name() + " WITH NO DATA");
        statement.execute("ALTER TABLE " + stage() + " ADD arrival bigint GENERATED ALWAYS AS IDENTITY");
    }

    /** Writes the rows of the stage, of several with one key the last. */
    default void mergeStage(Connection connection, String runId, int runNo) throws SQLException {
        String merge = """
                INSERT INTO %1$s AS stored (run_id, %2$s)
                SELECT DISTINCT ON (%3$s) ?, %2$s FROM %4$s WHERE %5$s ORDER BY %3$s, arrival DESC
                %6$s
                """.formatted(target(runNo), columns(), key(), stage(), isRow(), onConflict());
        try (PreparedStatement statement = connection.prepareStatement(merge)) {
            statement.setString(1, runId);
            statement.executeUpdate();
        }
    }
}
