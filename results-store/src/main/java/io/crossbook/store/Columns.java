package io.crossbook.store;

import io.crossbook.model.Decimal;
import io.crossbook.model.Timestamps;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How values of the market travel in and out of columns. */
public final class Columns {
    private Columns() {}

    public static Decimal decimal(ResultSet row, String column) throws SQLException {
        return Decimal.of(row.getBigDecimal(column));
    }

    public static @Nullable Decimal decimalOrNull(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : Decimal.of(value);
    }

    static <E extends Enum<E>> E word(Class<E> words, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(words, row.getString(column));
    }

    public static @Nullable Long numberOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** A time of a column that holds nanoseconds since 1970 UTC. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return time(row.getLong(column));
    }

    public static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        Long nanos = numberOrNull(row, column);
        return nanos == null ? null : time(nanos);
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, Timestamps.NANOS_PER_SECOND), Math.floorMod(nanos, Timestamps.NANOS_PER_SECOND));
    }

    /** Nanoseconds since 1970 UTC. */
    public static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), Timestamps.NANOS_PER_SECOND), time.getNano());
    }

    static void bind(PreparedStatement statement, int parameter, @Nullable Decimal value) throws SQLException {
        statement.setBigDecimal(parameter, value == null ? null : value.toBigDecimal());
    }

    static void bind(PreparedStatement statement, int parameter, @Nullable Long value) throws SQLException {
        statement.setObject(parameter, value, Types.BIGINT);
    }
}
