package io.crossbook.store;

import io.crossbook.store.rows.RowOutput;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads rows into a table with {@code COPY}, within the transaction of its connection, which may be asked other things
 * meanwhile: rows wait in memory up to some size and then go in one piece.
 */
public final class CopyRows implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final Connection connection;
    private final String copy;
    private final CopyBuffer rows = new CopyBuffer();

    /** @param columns what each row brings, in that order */
    public CopyRows(Connection connection, String table, String columns) {
        this.connection = connection;
        this.copy = "COPY " + table + " (" + columns + ") FROM STDIN";
    }

    /** The next row; it is one once it is ended. */
    public RowOutput row() throws SQLException {
        if (rows.size() > MOST_BYTES) {
            send();
        }
        return rows;
    }

    private void send() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        CopyIn running = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            rows.sendTo(running);
            running.endCopy();
        } finally {
            if (running.isActive()) {
                running.cancelCopy();
            }
        }
        rows.clear();
    }

    /** Sends the rest. Rows of a transaction that fails are lost with it. */
    @Override
    public void close() throws SQLException {
        send();
    }
}
