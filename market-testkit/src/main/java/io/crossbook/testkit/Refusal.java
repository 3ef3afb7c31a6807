package io.crossbook.testkit;

import io.crossbook.model.Reason;

/** The first market rule that a command breaks; thrown so that the rules read as a list of sentences. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    private Refusal(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    static void when(boolean broken, Reason reason, String sentence) {
        if (broken) {
            throw new Refusal(reason, sentence);
        }
    }

    Reason reason() {
        return reason;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
