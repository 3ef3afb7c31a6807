package io.crossbook.replay.input;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file whose beginning was judged.
 *
 * @param format what its header says, or LOBSTER
 * @param columns the columns in our names, those without a meaning in theirs
 * @param headerEnd bytes of data up to the first line below the header
 * @param headerLine number of the header's line, 0 if there is none
 * @param size bytes of the file
 * @param instrument of a LOBSTER file
 * @param midnight of a LOBSTER file, seconds since 1970 UTC
 * @param openingRow first row of a LOBSTER file's order book: ask price, ask size, bid price, bid size of each level
 */
public record PlannedFile(
        InputFile file,
        InputFormat format,
        List<String> columns,
        long headerEnd,
        long headerLine,
        long size,
        @Nullable String instrument,
        long midnight,
        @Nullable List<Long> openingRow)
        implements Serializable {
    public PlannedFile {
        columns = List.copyOf(columns);
        openingRow = openingRow == null ? null : List.copyOf(openingRow);
    }

    /** What every line of the file asks for, {@code null} if it says so itself. */
    @Nullable
    Action onlyAction() {
        return switch (format) {
            case FILLS -> Action.FILL;
            case MARKS -> Action.MARK;
            default -> null;
        };
    }

    PlannedFile withOpeningRow(List<Long> row) {
        return new PlannedFile(file, format, columns, headerEnd, headerLine, size, instrument, midnight, row);
    }

    FilePosition start() {
        return new FilePosition(format == InputFormat.LOBSTER ? 0 : headerEnd, headerLine, 0, false, 0, 0, 0, 0);
    }
}
