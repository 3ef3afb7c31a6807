package io.crossbook.cli.database;

import io.crossbook.cli.console.NearestWord;
import io.crossbook.cli.console.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --db} said: the embedded server, one that is elsewhere, or none.
 *
 * @param address of a server that is elsewhere
 */
public record DatabaseChoice(Kind kind, @Nullable DatabaseAddress address) {
    /** Where the database is. */
    public enum Kind {
        EMBEDDED,
        ELSEWHERE,
        NONE
    }

    /** @throws UsageException if it is neither of the words nor a Postgres URL */
    public static DatabaseChoice parse(String text, Map<String, String> environment) {
        if (text.equalsIgnoreCase("embedded")) {
            return new DatabaseChoice(Kind.EMBEDDED, null);
        }
        if (text.equalsIgnoreCase("none")) {
            return new DatabaseChoice(Kind.NONE, null);
        }
        if (!text.contains(":")) {
            throw new UsageException("--db: expected embedded, none or a postgres:// URL, was \"" + text + "\""
                    + NearestWord.hint(text, List.of("embedded", "none")));
        }
        return new DatabaseChoice(Kind.ELSEWHERE, DatabaseAddress.parse(text, environment));
    }

    public boolean isNone() {
        return kind == Kind.NONE;
    }

    public Optional<DatabaseAddress> elsewhere() {
        return Optional.ofNullable(address);
    }
}
