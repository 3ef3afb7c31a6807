package io.crossbook.store.queries;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which transactions a statement sees. Two that see the same ones find the same rows (PostgreSQL, "Transaction ID and Snapshot
 * Information Functions": all below {@code xmax} but those listed are visible, and no others).
 */
public final class VisibleQuery {
    private static final String CURRENT_SQL = "SELECT pg_current_snapshot()::text AS visible";

    private VisibleQuery() {}

    /** {@code xmin:xmax:list}; changes with every transaction that ends after it has written. */
    public static String current(Connection connection) throws SQLException {
        return Answer.first(connection, CURRENT_SQL, row -> row.getString("visible"))
                .orElseThrow();
    }
}
