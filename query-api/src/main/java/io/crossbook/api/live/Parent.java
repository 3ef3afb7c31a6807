package io.crossbook.api.live;

import io.crossbook.api.ServeSettings;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever started this program, and can start another live run.
 *
 * <p>We say {@code reset} on standard output; the answer is one line on standard input: the new run as in the settings file, or
 * {@code {"error": "a sentence"}}.
 */
@Component
public final class Parent {
    private static final String RESET = "reset";

    private final PrintStream out = System.out;
    private final JsonMapper json;
    private @Nullable CompletableFuture<ServeSettings.Live> asked;

    Parent(JsonMapper json) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Asks for a new live run in place of the present one; empty if that was asked for already. */
    synchronized Optional<CompletableFuture<ServeSettings.Live>> reset() {
        if (asked != null) {
            return Optional.empty();
        }
        CompletableFuture<ServeSettings.Live> answer = new CompletableFuture<>();
        asked = answer;
        out.println(RESET);
        out.flush();
        return Optional.of(answer);
    }

    /** Takes a line that the parent said. */
    public synchronized void said(String line) {
        CompletableFuture<ServeSettings.Live> answer = asked;
        if (answer == null) {
            return;
        }
        asked = null;
        try {
            JsonNode told = json.readTree(line);
            if (told.has("error")) {
                answer.completeExceptionally(
                        new IllegalStateException(told.path("error").asString()));
            } else {
                answer.complete(json.treeToValue(told, ServeSettings.Live.class));
            }
        } catch (JacksonException unreadable) {
            answer.completeExceptionally(unreadable);
        }
    }
}
