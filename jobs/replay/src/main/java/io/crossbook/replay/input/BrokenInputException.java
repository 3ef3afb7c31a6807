package io.crossbook.replay.input;

import java.io.IOException;

/** The data of a file ends in the middle; everything in front of the break was handed out. */
final class BrokenInputException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenInputException(String message) {
        super(message);
    }

    String fault() {
        return String.valueOf(getMessage());
    }
}
