package io.crossbook.replay.input;

/** What a line of a command file asks for. */
enum Action {
    NEW,
    CANCEL,
    REPLACE,
    CANCEL_ALL,
    PHASE,
    MARK,
    FILL,
    CLOCK
}
