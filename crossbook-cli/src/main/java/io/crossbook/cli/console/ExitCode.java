package io.crossbook.cli.console;

/** The exit codes of every command. Scripts rely on them. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int INTERNAL = 1;
    public static final int USAGE = 2;
    /** A check failed, or two runs differ. */
    public static final int CHECK_FAILED = 3;
    /** Too many unreadable lines, or input that broke off. */
    public static final int INPUT_STOPPED = 4;
    /** Stopped from outside, as by Ctrl-C. */
    public static final int STOPPED = 130;

    private ExitCode() {}
}
