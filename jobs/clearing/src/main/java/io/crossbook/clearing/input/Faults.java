package io.crossbook.clearing.input;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one file, collected so that all of it is told at once. */
final class Faults {
    private static final int MOST_TOLD = 50;
    private static final int LONGEST_QUOTE = 60;

    private final String file;
    private final List<String> told = new ArrayList<>();
    private int untold;

    Faults(String file) {
        this.file = file;
    }

    void add(String rule) {
        tell(file + ": " + rule);
    }

    void add(long line, String rule) {
        tell(file + ':' + line + ": " + rule);
    }

    /** Those of a file that this one names. */
    void include(IllegalArgumentException faultsOfOther) {
        tell(faultsOfOther.getMessage());
    }

    private void tell(String fault) {
        if (told.size() < MOST_TOLD) {
            told.add(fault);
        } else {
            untold++;
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** One line per fault. */
    void throwIfAny() {
        if (untold > 0) {
            told.add(file + ": and " + untold + " more");
        }
        if (!told.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", told));
        }
    }

    /** The text in quotes, shortened and on one line. */
    static String quoted(String text) {
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
