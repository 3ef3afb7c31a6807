package io.crossbook.store;

import io.crossbook.model.Decimal;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** How values of the market travel in and out of columns. */
final class Columns {
    private Columns() {}

    static Decimal decimal(ResultSet row, String column) throws SQLException {
        return Decimal.of(row.getBigDecimal(column));
    }

    static @Nullable Decimal decimalOrNull(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : Decimal.of(value);
    }

    static <E extends Enum<E>> E word(Class<E> words, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(words, row.getString(column));
    }

    static @Nullable Long numberOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static void bind(PreparedStatement statement, int parameter, @Nullable Decimal value) throws SQLException {
        statement.setBigDecimal(parameter, value == null ? null : value.toBigDecimal());
    }

    static void bind(PreparedStatement statement, int parameter, @Nullable Long value) throws SQLException {
        statement.setObject(parameter, value, Types.BIGINT);
    }
}
