package io.crossbook.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds the sentence that matters in a failure that Flink has wrapped many times. */
final class Causes {
    private Causes() {}

    /** The message of the innermost cause, with its kind where the message alone says little. */
    static String sentence(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null || message.length() < 15
                ? innermost.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                : message;
    }

    static void appendTo(Path log, Throwable failure) {
        StringWriter story = new StringWriter();
        failure.printStackTrace(new PrintWriter(story));
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, story.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            failure.addSuppressed(unwritable);
        }
    }
}
