package io.crossbook.replay.input;

import java.util.List;

/** Input that cannot be used at all, told before anything runs: one sentence per fault, each with its place. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> messages;

    public UsageException(List<String> messages) {
        super(String.join(System.lineSeparator(), messages));
        this.messages = List.copyOf(messages);
    }

    public List<String> messages() {
        return messages;
    }
}
