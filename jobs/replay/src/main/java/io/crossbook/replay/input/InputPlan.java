package io.crossbook.replay.input;

import java.io.Serializable;
import java.util.List;

/** An input that can be read: every file is there, and its beginning says what it is. */
public record InputPlan(InputSettings settings, List<PlannedFile> files) implements Serializable {
    public InputPlan {
        files = List.copyOf(files);
    }

    /**
     * Judges the input as a whole, reading no more than the beginning of each file.
     *
     * @throws UsageException naming every fault with its place
     */
    public static InputPlan plan(InputSettings settings) throws UsageException {
        return new InputPlanner(settings).plan();
    }
}
