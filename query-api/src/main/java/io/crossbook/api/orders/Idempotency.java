package io.crossbook.api.orders;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossbook.api.orders.CommandDesk.Begun;
import io.crossbook.api.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Commands by idempotency key: the same one again gets the first answer again. What is forgotten here, by age or by a
 * restart, the matcher still knows for the trading day.
 */
@Component
final class Idempotency {
    private static final long MOST_KEYS = 200_000;

    private final Cache<Key, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(Duration.ofHours(24))
            .build();

    private record Key(String runId, String clientId, String instrument, String key) {}

    private record Known(Map<String, String> content, CompletableFuture<ResponseEntity<Object>> answer) {}

    /**
     * Begins a command, unless its key came before.
     *
     * @param content all fields of the command but its time
     * @param first sends it; its answer is final once it completes, and forgotten if it fails
     * @return with the first answer, if that was given already
     * @throws Problem 422 if the key came with other content, 409 if the first one has no answer yet
     */
    Begun once(String runId, Map<String, String> content, Supplier<Begun> first) {
        String key = content.get("idempotency_key");
        if (key == null) {
            return first.get();
        }
        Key place = new Key(runId, content.getOrDefault("client_id", ""), content.get("instrument"), key);
        Known mine = new Known(content, new CompletableFuture<>());
        Known before = known.asMap().putIfAbsent(place, mine);
        if (before == null) {
            return begin(place, mine, first);
        }
        if (!before.content().equals(content)) {
            throw Problem.refused(
                    "IDEMPOTENCY_KEY_REUSED", "idempotency_key \"" + key + "\" was used before with other content");
        }
        if (!before.answer().isDone()) {
            throw Problem.conflict(
                    "REQUEST_IN_PROGRESS",
                    "the first request with this idempotency_key is not answered yet; try again");
        }
        return new Begun(before.answer(), before.answer());
    }

    private Begun begin(Key place, Known mine, Supplier<Begun> first) {
        Begun begun;
        try {
            begun = first.get();
        } catch (RuntimeException notSent) {
            known.invalidate(place);
            throw notSent;
        }
        begun.answer().whenComplete((answer, failed) -> {
            if (failed == null) {
                mine.answer().complete(answer);
            } else {
                known.invalidate(place);
                mine.answer().completeExceptionally(failed);
            }
        });
        return new Begun(begun.stored(), mine.answer());
    }
}
