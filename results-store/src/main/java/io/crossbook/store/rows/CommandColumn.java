package io.crossbook.store.rows;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a command, in the order of the commands file. */
public enum CommandColumn {
    TIMESTAMP,
    INSTRUMENT,
    ACTION,
    ORDER_ID,
    CLIENT_ID,
    SIDE,
    TYPE,
    TIF,
    PRICE,
    QUANTITY,
    STOP_PRICE,
    DISPLAY_QUANTITY,
    EXPIRE_AT,
    POST_ONLY,
    STP,
    PHASE,
    TRADE_ID,
    FEE,
    IDEMPOTENCY_KEY;

    private static final List<String> WORDS =
            Stream.of(values()).map(CommandColumn::word).toList();

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The names of all, in order. */
    public static List<String> words() {
        return WORDS;
    }

    /** The name of the column in a header, and of the field in a record of the topic. */
    public String word() {
        return word;
    }

    /** The column of that name in any case, {@code null} if there is none. */
    public static @Nullable CommandColumn named(String name) {
        for (CommandColumn column : values()) {
            if (column.word.equalsIgnoreCase(name)) {
                return column;
            }
        }
        return null;
    }
}
