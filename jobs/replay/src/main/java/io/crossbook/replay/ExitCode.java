package io.crossbook.replay;

/** What a program's end means to whoever called it. */
final class ExitCode {
    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    /** A check failed. */
    static final int CHECK_FAILED = 3;
    /** Too many rejects, or input that broke off. */
    static final int BAD_INPUT = 4;

    static final int STOPPED = 130;

    private ExitCode() {}
}
