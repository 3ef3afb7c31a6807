package io.crossbook.store.files;

import java.io.Serializable;

/**
 * How much of a spool a checkpoint covers.
 *
 * @param length bytes of the file that are valid
 */
public record SpoolPosition(long length) implements Serializable {
    public SpoolPosition {
        if (length < 0) {
            throw new IllegalArgumentException("a spool's length must be zero or more, was " + length);
        }
    }
}
