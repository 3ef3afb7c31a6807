package io.crossbook.pnl;

/** Refuses state bytes of another layout by name. */
final class StateVersion {
    private StateVersion() {}

    static void require(String what, int known, int found) {
        if (found != known) {
            throw new IllegalStateException(
                    "state of version " + found + " found for " + what + ", this program reads version " + known
                            + "; continue with the program that wrote it, or start the run over");
        }
    }
}
