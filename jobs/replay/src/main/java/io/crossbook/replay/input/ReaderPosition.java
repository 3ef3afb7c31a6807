package io.crossbook.replay.input;

import java.io.Serializable;
import java.util.List;

/**
 * Where a {@link MergedReader} stands: a reader opened here goes on with exactly the next record. Small: its size
 * depends on the number of files and, with an end time, of instruments.
 *
 * @param ordinal position of the last record handed over, 0 for none
 * @param ended instruments that have passed the end time
 */
public record ReaderPosition(long ordinal, List<FilePosition> files, List<String> ended, long firstTime, long lastTime)
        implements Serializable {
    public ReaderPosition {
        files = List.copyOf(files);
        ended = List.copyOf(ended);
    }
}
