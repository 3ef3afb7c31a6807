package io.crossbook.store.clearing;

import io.crossbook.store.Statements;
import io.crossbook.store.Statements.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines sorted by member, which are taken one member after the other. */
public final class MemberLines<R> implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final RowReader<R> reader;
    private boolean there;

    /** @param sql its first column is the member, by which it is sorted */
    MemberLines(Connection connection, String sql, RowReader<R> reader, Object... parameters) throws SQLException {
        this.statement = Statements.cursor(connection, sql, parameters);
        this.rows = statement.executeQuery();
        this.reader = reader;
        this.there = rows.next();
    }

    /** Whose lines come next; {@code null} at the end. */
    public @Nullable String member() throws SQLException {
        return there ? rows.getString(1) : null;
    }

    /** Those of a member, if it is its turn; none, if the next are another's. */
    public List<R> of(String member) throws SQLException {
        List<R> lines = new ArrayList<>();
        each(member, lines::add);
        return lines;
    }

    /** As {@link #of}, one by one, however many they are. */
    public void each(String member, Consumer<R> sink) throws SQLException {
        while (member.equals(member())) {
            sink.accept(reader.read(rows));
            there = rows.next();
        }
    }

    /** @throws IllegalStateException if there are lines of somebody who was not asked for */
    public void requireTaken() throws SQLException {
        if (there) {
            throw new IllegalStateException(
                    "lines of " + member() + " were left, who has no position; the clearing cannot go on");
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
