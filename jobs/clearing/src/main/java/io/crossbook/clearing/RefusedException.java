package io.crossbook.clearing;

import java.util.List;

/** A clearing that is asked for in a way that cannot be; each message says why and the way out. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> messages;

    RefusedException(List<String> messages) {
        super(String.join("\n", messages));
        this.messages = List.copyOf(messages);
    }

    RefusedException(String message) {
        this(List.of(message));
    }

    List<String> messages() {
        return messages;
    }
}
