package io.crossbook.store.queries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a question and reads what comes. */
final class Answer {
    private Answer() {}

    /** Reads the row on which the answer stands. */
    interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** @param parameters texts, whole numbers, lists of texts, and {@link Conditions}, which bring their own values */
    static <R> List<R> list(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        List<R> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(connection, select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        }
        return found;
    }

    /** The first row. */
    static <R> Optional<R> first(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        return list(connection, sql, reader, parameters).stream().findFirst();
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

    private static void bind(Connection connection, PreparedStatement select, Object[] parameters) throws SQLException {
        int number = 0;
        for (Object value : flat(parameters)) {
            number++;
            if (value instanceof List<?> names) {
                select.setArray(number, connection.createArrayOf("text", names.toArray()));
            } else {
                select.setObject(number, value);
            }
        }
    }

    private static List<Object> flat(Object[] parameters) {
        List<Object> flat = new ArrayList<>();
        for (Object parameter : parameters) {
            if (parameter instanceof Conditions conditions) {
                flat.addAll(conditions.values());
            } else {
                flat.add(parameter);
            }
        }
        return flat;
    }
}
