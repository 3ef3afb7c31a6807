package io.crossbook.replay.input;

/** Says which rule of form a line breaks. Without a stack trace: a file can be full of such lines. */
final class LineFault extends Exception {
    private static final long serialVersionUID = 1;

    private final InputFault code;

    LineFault(InputFault code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    InputFault code() {
        return code;
    }

    String rule() {
        return String.valueOf(getMessage());
    }
}
