package io.crossbook.api.orders;

import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.Outcome;
import io.crossbook.api.live.SentCommand;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Texts;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Sends commands and answers for them: once for each idempotency key, and with what is known when the wait is over.
 *
 * <p>An answer says what is known: what became of the command once the job said so, unknown (202) when the wait is over before
 * that.
 */
@Component
public final class CommandDesk {
    private final Idempotency idempotency;
    /** Where those without an outcome can be asked for. */
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();

    CommandDesk(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /** Makes the answer of an outcome. */
    public interface Answering {
        CompletableFuture<ResponseEntity<Object>> answer(Outcome outcome);
    }

    /**
     * A command that is being answered.
     *
     * @param stored completes when it is in Kafka
     */
    record Begun(CompletableFuture<?> stored, CompletableFuture<ResponseEntity<Object>> answer) {}

    /**
     * Sends a command.
     *
     * @param fields all but its time
     * @param prefer header {@code Prefer}
     * @param statusUrl where its outcome can be asked for later
     * @throws Problem 503 if it was not sent; 409 or 422 by its idempotency key
     */
    public CompletableFuture<ResponseEntity<Object>> send(
            LiveRun live, Map<String, String> fields, @Nullable String prefer, String statusUrl, Answering answering) {
        Begun begun = idempotency.once(live.runId(), fields, () -> {
            SentCommand sent = live.send(fields.get("instrument"), fields);
            awaited.add(statusUrl);
            return new Begun(
                    sent.stored(),
                    sent.outcome()
                            .whenComplete((outcome, failed) -> ended(live, statusUrl, outcome))
                            .thenCompose(answering::answer));
        });
        return inTime(live, begun, prefer, statusUrl);
    }

    /** In this order: whoever asks finds the command awaited, or waits until it is stored. */
    private void ended(LiveRun live, String statusUrl, @Nullable Outcome outcome) {
        if (outcome != null) {
            live.told(outcome);
        }
        awaited.remove(statusUrl);
    }

    /** Where an order can be asked for. */
    static String orderUrl(String orderId, String instrument) {
        return orderUrl(orderId) + Texts.encoded(instrument);
    }

    private static String orderUrl(String orderId) {
        return "/api/v1/orders/" + Texts.encoded(orderId) + "?instrument=";
    }

    /** Whether a command of an order was sent whose outcome is not known yet. */
    boolean isAwaited(String orderId, @Nullable String instrument) {
        return instrument != null
                ? awaited.contains(orderUrl(orderId, instrument))
                : awaited.stream().anyMatch(url -> url.startsWith(orderUrl(orderId)));
    }

    /** The answer of commands that were sent together, which have no key. */
    public CompletableFuture<ResponseEntity<Object>> inTime(
            LiveRun live,
            SentCommand first,
            CompletableFuture<ResponseEntity<Object>> answer,
            @Nullable String prefer,
            String statusUrl) {
        return inTime(live, new Begun(first.stored(), answer), prefer, statusUrl);
    }

    private static CompletableFuture<ResponseEntity<Object>> inTime(
            LiveRun live, Begun begun, @Nullable String prefer, String statusUrl) {
        if (begun.answer().isDone()) {
            return begun.answer();
        }
        Duration wait = Waits.of(prefer, live.settings());
        if (wait.isZero()) {
            // At once when it is in Kafka, which must not take for ever either.
            return begun.stored()
                    .handle((place, failed) -> failed == null)
                    .completeOnTimeout(false, Waits.of(null, live.settings()).toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(stored -> pending(stored, statusUrl));
        }
        return begun.answer()
                .exceptionally(CommandDesk::withoutAnswer)
                .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(known -> known != null
                        ? known
                        : pending(begun.stored().isDone() && !begun.stored().isCompletedExceptionally(), statusUrl));
    }

    /** Whether a command that could not be delivered in time is there after all, nobody knows. */
    private static @Nullable ResponseEntity<Object> withoutAnswer(Throwable failed) {
        Throwable cause = Problem.causeOf(failed);
        if (cause instanceof RetriableException) {
            return null;
        }
        throw cause instanceof Problem problem ? problem : new CompletionException(cause);
    }

    private static ResponseEntity<Object> pending(boolean stored, String statusUrl) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create(statusUrl))
                .body(PendingAnswer.of(stored, statusUrl));
    }
}
