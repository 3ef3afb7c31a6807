package io.crossbook.api.orders;

/**
 * The outcome of a command is not known yet.
 *
 * @param state always {@code PENDING}
 * @param statusUrl where it can be asked for
 */
public record PendingAnswer(String state, String detail, String statusUrl) {
    public static PendingAnswer of(boolean stored, String statusUrl) {
        return new PendingAnswer(
                "PENDING",
                stored
                        ? "the command is stored and will be matched; its outcome is not known yet"
                        : "the command was sent; whether it arrived is not known yet",
                statusUrl);
    }
}
