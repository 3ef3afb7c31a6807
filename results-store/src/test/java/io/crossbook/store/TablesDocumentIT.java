package io.crossbook.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/tables.md says what migrations make; written anew with {@code -Dcrossbook.docs=write}. */
class TablesDocumentIT {
    private static final Path DOCUMENT = Path.of("../docs/tables.md");

    private static final String COLUMNS = """
            SELECT t.relname AS table_name, t.relkind = 'v' AS view, obj_description(t.oid) AS purpose, a.attname AS column_name,
                   format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull OR t.relkind = 'v' AS required,
                   coalesce(a.attnum = ANY (i.indkey), false) AS key, col_description(t.oid, a.attnum) AS remark
            FROM pg_class t
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
            WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p', 'v') AND NOT t.relispartition
              AND t.relname NOT LIKE 'flyway%'
            ORDER BY view, t.relname, a.attnum
            """;

    @Test
    void saysEachTableAndView() throws Exception {
        String made;
        try (TestDatabase database = TestDatabase.create("tables_document");
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(COLUMNS)) {
            made = document(columns);
        }
        if (System.getProperty("crossbook.docs", "").equals("write")) {
            Files.writeString(DOCUMENT, made);
        }
        assertThat(DOCUMENT).hasContent(made);
    }

    private static String document(ResultSet columns) throws Exception {
        StringBuilder page = new StringBuilder("""
                # Tables and views

                Made from the database itself, by `TablesDocumentIT`. Times without a type of their own (`bigint`) are nanoseconds since 1970 UTC; amounts
                and prices are exact decimals. Keys are **bold**, what may be empty is marked `?`.
                """);
        List<String> without = new ArrayList<>();
        String last = "";
        while (columns.next()) {
            String table = columns.getString("table_name");
            if (!table.equals(last)) {
                last = table;
                String purpose = columns.getString("purpose");
                if (purpose == null) {
                    without.add(table);
                }
                page.append("\n## ")
                        .append(table)
                        .append("\n\n")
                        .append(purpose)
                        .append("\n\n");
                page.append("| column | type | |\n|---|---|---|\n");
            }
            String name = columns.getString("column_name");
            page.append(columns.getBoolean("key") ? "| **" + name + "** | " : "| " + name + " | ")
                    .append(columns.getString("type"))
                    .append(columns.getBoolean("required") ? "" : "?")
                    .append(" | ")
                    .append(columns.getString("remark") == null ? "" : columns.getString("remark") + ' ')
                    .append("|\n");
        }
        assertThat(without).as("tables that do not say what they are for").isEmpty();
        return page.toString();
    }
}
