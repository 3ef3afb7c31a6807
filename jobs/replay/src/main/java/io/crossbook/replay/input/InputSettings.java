package io.crossbook.replay.input;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read, and how.
 *
 * @param files in the order they were named, which decides between equal times
 * @param columnMap column names: theirs to ours
 * @param ignoreExtra whether columns without a meaning are passed over instead of refused
 * @param from nanoseconds since 1970 UTC; what is earlier is passed over and not counted
 * @param to nanoseconds since 1970 UTC; an instrument ends before its first record later than this
 * @param openingBook LOBSTER order book file whose first row gives the opening levels
 * @param zone where the midnight lies from which LOBSTER times count
 */
public record InputSettings(
        List<InputFile> files,
        Map<String, String> columnMap,
        boolean ignoreExtra,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String openingBook,
        ZoneId zone)
        implements Serializable {
    /** LOBSTER's files are NASDAQ's, whose clock is New York's. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("America/New_York");

    public InputSettings {
        files = List.copyOf(files);
        columnMap = Map.copyOf(columnMap);
    }

    /** These files, whole, each known by its header. */
    public static InputSettings of(List<InputFile> files) {
        return new InputSettings(files, Map.of(), false, null, null, null, DEFAULT_ZONE);
    }
}
