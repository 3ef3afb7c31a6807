package io.crossbook.replay.input;

/** What the lines of a file are. */
public enum InputFormat {
    /** Commands, fills or marks, whichever the header says. */
    AUTO,
    /** Every action, named in column {@code action}. */
    COMMANDS,
    /** Trades made elsewhere. */
    FILLS,
    /** Mark prices. */
    MARKS,
    /** LOBSTER messages, which have no header. A file whose header is one of ours is still read by its header. */
    LOBSTER
}
