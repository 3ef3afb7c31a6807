package io.crossbook.clearing;

/** Invariants that do not hold; what breaks them is stored, and nothing is published. */
final class GateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GateException(String message) {
        super(message);
    }
}
