package io.crossbook.replay.input;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns that have a meaning. */
enum Column {
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

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name of the column in a header. */
    String word() {
        return word;
    }

    /** The column of that name in any case, {@code null} if there is none. */
    static @Nullable Column named(String name) {
        for (Column column : values()) {
            if (column.word.equalsIgnoreCase(name)) {
                return column;
            }
        }
        return null;
    }
}
