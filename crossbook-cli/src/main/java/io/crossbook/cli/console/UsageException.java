package io.crossbook.cli.console;

import java.util.List;

/** The command line asks for something that cannot be done as written: one line for each fault, exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }

    /** Several faults, each on a line of its own. */
    public UsageException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }
}
