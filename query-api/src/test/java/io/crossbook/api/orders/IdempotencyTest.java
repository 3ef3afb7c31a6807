package io.crossbook.api.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossbook.api.orders.CommandDesk.Begun;
import io.crossbook.api.problem.Problem;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class IdempotencyTest {
    private static final Map<String, String> ORDER =
            Map.of("instrument", "ACME", "client_id", "alice", "idempotency_key", "k", "quantity", "1");

    private final Idempotency idempotency = new Idempotency();
    private final CompletableFuture<ResponseEntity<Object>> answer = new CompletableFuture<>();
    private int sent;

    private Begun once(Map<String, String> order) {
        return idempotency.once("live", order, () -> {
            sent++;
            return new Begun(CompletableFuture.completedFuture(null), answer);
        });
    }

    private static Map<String, String> with(String field, String value) {
        Map<String, String> changed = new java.util.HashMap<>(ORDER);
        changed.put(field, value);
        return changed;
    }

    @Test
    void theSameAgainGetsTheFirstAnswerAndIsNotSent() {
        once(ORDER);
        answer.complete(ResponseEntity.ok("first"));

        assertThat(once(ORDER).answer().join().getBody()).isEqualTo("first");
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void theSameWhileTheFirstIsNotAnsweredIsAConflict() {
        once(ORDER);

        assertThatThrownBy(() -> once(ORDER))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("REQUEST_IN_PROGRESS"));
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void otherContentUnderTheSameKeyIsRefused() {
        once(ORDER);
        answer.complete(ResponseEntity.ok("first"));

        assertThatThrownBy(() -> once(with("quantity", "2")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void keysOfOtherClientsAndInstrumentsStandApart() {
        once(ORDER);
        once(with("client_id", "bob"));
        once(with("instrument", "OTHER"));

        assertThat(sent).isEqualTo(3);
    }

    @Test
    void aCommandThatWasNotSentOrNotAnsweredCanBeTriedAgain() {
        assertThatThrownBy(() -> idempotency.once("live", ORDER, () -> {
                    throw Problem.unavailable("BROKER_UNAVAILABLE", "away");
                }))
                .isInstanceOf(Problem.class);
        once(ORDER);
        answer.completeExceptionally(new IllegalStateException("lost"));
        once(ORDER);

        assertThat(sent).isEqualTo(2);
    }
}
