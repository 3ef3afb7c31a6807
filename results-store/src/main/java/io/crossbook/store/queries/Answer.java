package io.crossbook.store.queries;

import io.crossbook.store.Statements;
import io.crossbook.store.Statements.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a question of conditions, and reads what comes, a page at a time if it is long. */
final class Answer {
    private Answer() {}

    /** @param parameters what {@link Statements} binds, and {@link Conditions}, which bring their own values */
    static <R> List<R> list(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        return Statements.list(connection, sql, reader, flat(parameters));
    }

    /** The first row. */
    static <R> Optional<R> first(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        return Statements.first(connection, sql, reader, flat(parameters));
    }

    /**
     * A page of a list.
     *
     * @param sql ends with a {@code LIMIT} that is bound here, to a row more, which tells whether another page follows
     */
    static <R> Page<R> page(
            Connection connection,
            String sql,
            RowReader<R> reader,
            Function<R, Place> place,
            int limit,
            Object... parameters)
            throws SQLException {
        List<Object> all = new ArrayList<>(List.of(parameters));
        all.add(limit + 1L);
        List<R> rows = list(connection, sql, reader, all.toArray());
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<R> page = List.copyOf(rows.subList(0, limit));
        return new Page<>(page, place.apply(page.get(limit - 1)));
    }

    private static Object[] flat(Object[] parameters) {
        List<Object> flat = new ArrayList<>();
        for (Object parameter : parameters) {
            if (parameter instanceof Conditions conditions) {
                flat.addAll(conditions.values());
            } else {
                flat.add(parameter);
            }
        }
        return flat.toArray();
    }
}
