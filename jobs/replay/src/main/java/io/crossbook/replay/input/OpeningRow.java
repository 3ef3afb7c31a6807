package io.crossbook.replay.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first row of a LOBSTER order book file: ask price, ask size, bid price, bid size, for each level. */
final class OpeningRow {
    private static final int COLUMNS_PER_LEVEL = 4;
    private static final int MOST_LEVELS = 1_000;
    private static final int MOST_DIGITS = 18;

    private OpeningRow() {}

    static List<Long> read(String path) throws IOException, LineFault {
        @Nullable String inaccessible = InputPlanner.accessFault(path);
        if (inaccessible != null) {
            throw new LineFault(InputFault.FIELD_COUNT, inaccessible);
        }
        try (LineSource lines = new LineSource(path, 0, 0)) {
            if (!lines.advance()) {
                throw new LineFault(InputFault.FIELD_COUNT, "has no first row");
            }
            Fields fields = Fields.upTo(MOST_LEVELS * COLUMNS_PER_LEVEL);
            fields.splitFreely(lines);
            if (fields.count() % COLUMNS_PER_LEVEL != 0) {
                throw new LineFault(
                        InputFault.FIELD_COUNT,
                        "a row must have four fields for each level, this one has " + fields.count());
            }
            List<Long> row = new ArrayList<>(fields.count());
            for (int i = 0; i < fields.count(); i++) {
                row.add(fields.whole(i, MOST_DIGITS));
            }
            return row;
        }
    }

    /** Why the first message cannot be undone. */
    static Optional<String> firstMessageFault(PlannedFile file) throws IOException {
        try (LineSource source = new LineSource(file.file().path(), 0, 0)) {
            LobsterLine message = new LobsterLine(source, file.midnight());
            message.advance();
            LineFault fault = message.fault();
            return fault == null
                    ? Optional.empty()
                    : Optional.of(
                            source.line() + ": " + fault.rule() + "; an opening book needs a readable first message");
        }
    }
}
