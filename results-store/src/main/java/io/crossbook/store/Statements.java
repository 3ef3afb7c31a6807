package io.crossbook.store;

import io.crossbook.model.Decimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement with the values that it is bound to: texts, numbers, decimals, dates, lists of texts, and what may be
 * absent.
 */
public final class Statements {
    /** Rows that a cursor brings at a time. */
    private static final int ROWS_AT_ONCE = 5_000;

    private Statements() {}

    /** Reads the row on which the answer stands. */
    public interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Takes the row on which the answer stands. */
    public interface RowSink {
        void accept(ResultSet row) throws SQLException;
    }

    private record Absent(int type) {}

    /** A value that may be absent, with the type of {@link java.sql.Types} that it would have. */
    public static Object orNull(@Nullable Object value, int type) {
        return value == null ? new Absent(type) : value;
    }

    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return statement.executeUpdate();
        }
    }

    public static <R> List<R> list(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        List<R> found = new ArrayList<>();
        each(connection, sql, row -> found.add(reader.read(row)), parameters);
        return found;
    }

    /** The first row, if there is one. */
    public static <R> Optional<R> first(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        return list(connection, sql, reader, parameters).stream().findFirst();
    }

    /** Hands over row by row; within a transaction, memory holds some thousand. */
    public static void each(Connection connection, String sql, RowSink sink, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(ROWS_AT_ONCE);
            bind(connection, select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.accept(rows);
                }
            }
        }
    }

    /** A statement bound and ready, for whoever reads two answers side by side. */
    public static PreparedStatement cursor(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(ROWS_AT_ONCE);
        bind(connection, select, parameters);
        return select;
    }

    private static void bind(Connection connection, PreparedStatement statement, Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value instanceof Absent absent) {
                statement.setNull(i + 1, absent.type());
            } else if (value instanceof Decimal decimal) {
                statement.setBigDecimal(i + 1, decimal.toBigDecimal());
            } else if (value instanceof List<?> texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
