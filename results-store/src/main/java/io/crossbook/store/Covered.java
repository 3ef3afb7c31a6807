package io.crossbook.store;

import java.util.Map;

/**
 * Up to where a checkpoint covers the rows of one writer.
 *
 * @param sequences by instrument its last command; {@code Long.MAX_VALUE} says that the instrument's end of the run is covered
 *     too, otherwise open orders and the last book are not. Of an instrument that is absent nothing is
 * @param lines by source, a file or a partition, the position of its last unreadable line. Of a source that is absent none is
 */
public record Covered(Map<String, Long> sequences, Map<Integer, Long> lines) {
    /** Nothing at all. */
    public static final Covered NOTHING = new Covered(Map.of(), Map.of());

    public Covered {
        sequences = Map.copyOf(sequences);
        lines = Map.copyOf(lines);
    }
}
