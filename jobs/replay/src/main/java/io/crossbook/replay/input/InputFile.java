package io.crossbook.replay.input;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One file to be read.
 *
 * @param name as on the command line; messages call the file so
 * @param path where it is
 * @param instrument of a LOBSTER file whose name does not tell it
 * @param date of a LOBSTER file whose name does not tell it
 */
public record InputFile(
        String name,
        String path,
        InputFormat format,
        @Nullable String instrument,
        @Nullable LocalDate date) implements Serializable {

    /** A file whose header says what it is. */
    public static InputFile named(String path) {
        return new InputFile(path, path, InputFormat.AUTO, null, null);
    }
}
