package io.crossbook.store;

import io.crossbook.model.Decimal;
import io.crossbook.store.rows.PositionRow;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a row again of what is stored: each component of the record from the column of its name. */
final class RowReader {
    private RowReader() {}

    static <R extends Record> R read(Class<R> type, ResultSet row) throws SQLException, ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], row, column(type, components[i]));
        }
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static String column(Class<?> type, RecordComponent component) {
        if (type == PositionRow.class && component.getName().equals("timestamp")) {
            return "updated_at";
        }
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object value(RecordComponent component, ResultSet row, String column)
            throws SQLException, ReflectiveOperationException {
        Class<?> type = component.getType();
        if (type == long.class) {
            return row.getLong(column);
        } else if (type == int.class) {
            return row.getInt(column);
        } else if (type == boolean.class) {
            return row.getBoolean(column);
        } else if (type == Decimal.class) {
            BigDecimal number = row.getBigDecimal(column);
            return number == null ? null : Decimal.of(number);
        }
        String text = row.getString(column);
        if (text == null || !type.isEnum()) {
            // A line that belongs to no instrument has an empty one in its table.
            return column.equals("instrument") && text.isEmpty() ? null : text;
        }
        return type.getMethod("valueOf", String.class).invoke(null, text);
    }
}
