package io.crossbook.store.rows;

import io.crossbook.model.MarketInput;
import java.util.Map;

/** Writes a command as a CSV line in the column order of the commands file; what it does not have stays empty. */
final class CommandLineText {
    private CommandLineText() {}

    static String of(MarketInput input) {
        Map<String, String> fields = CommandFields.of(input);
        StringBuilder line = new StringBuilder(120);
        for (String column : CommandColumn.words()) {
            if (line.length() > 0) {
                line.append(',');
            }
            appendField(line, fields.getOrDefault(column, ""));
        }
        return line.toString();
    }

    private static void appendField(StringBuilder line, String field) {
        if (field.indexOf(',') >= 0 || field.indexOf('"') >= 0) {
            line.append('"').append(field.replace("\"", "\"\"")).append('"');
        } else {
            line.append(field);
        }
    }
}
