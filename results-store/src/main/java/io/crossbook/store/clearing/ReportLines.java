package io.crossbook.store.clearing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of a report as texts. */
final class ReportLines {
    private ReportLines() {}

    /** A report as a table that can be asked for some of its lines. */
    static String named(String sql, List<String> columns) {
        return columns.stream()
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(", ", "SELECT * FROM (" + sql + ") AS report (", ")"));
    }

    /** The texts of some columns of the row, from one (the first is 1) on; absent values are {@code null}. */
    static List<@Nullable String> line(ResultSet row, int first, int count) throws SQLException {
        List<@Nullable String> line = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            line.add(row.getString(i));
        }
        return line;
    }
}
