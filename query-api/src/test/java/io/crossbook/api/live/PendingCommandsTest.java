package io.crossbook.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private final PendingCommands pending = new PendingCommands(3);

    private static ExecutionRecord execution(long offset, int eventNo, boolean last) {
        return new ExecutionRecord(
                "ACME",
                offset + 1,
                eventNo,
                "t",
                "NEW",
                "o" + offset,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                last,
                0,
                new Source(0, offset));
    }

    private static Outcome ended(CompletableFuture<Outcome> outcome) {
        assertThat(outcome).isCompleted();
        return outcome.join();
    }

    @Test
    void endsACommandWithItsLastExecution() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pending.sending(0);
        pending.sent(new Source(0, 7), outcome);
        pending.executed(execution(7, 1, false));
        assertThat(outcome).isNotDone();
        pending.executed(execution(7, 2, true));
        assertThat(ended(outcome).executions())
                .extracting(ExecutionRecord::eventNo)
                .containsExactly(1, 2);
        assertThat(pending.size()).isZero();
    }

    @Test
    void knowsWhatWasMatchedBeforeItWasToldWhereItLies() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pending.sending(0);
        pending.executed(execution(7, 1, true));
        pending.sent(new Source(0, 7), outcome);
        assertThat(ended(outcome).sequence()).isEqualTo(8);
    }

    @Test
    void takesARepeatedExecutionOnce() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pending.sending(0);
        pending.sent(new Source(0, 7), outcome);
        pending.executed(execution(7, 1, false));
        pending.executed(execution(7, 1, false));
        pending.executed(execution(7, 2, true));
        assertThat(ended(outcome).executions()).hasSize(2);
    }

    @Test
    void keepsNothingOfCommandsThatOthersSent() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pending.executed(execution(3, 1, true));
        pending.sending(0);
        pending.sent(new Source(0, 4), outcome);
        pending.executed(execution(5, 1, true));
        pending.executed(execution(4, 1, true));
        assertThat(ended(outcome).sequence()).isEqualTo(5);
    }

    @Test
    void isFullWhenAsManyAreAwaitedAsMayBe() {
        for (int i = 0; i < 3; i++) {
            assertThat(pending.isFull()).isFalse();
            pending.sending(0);
        }
        assertThat(pending.isFull()).isTrue();
        pending.failed(0);
        assertThat(pending.isFull()).isFalse();
    }

    /** The broker tells places in order; outcomes come whenever they like, but each partition's in order. */
    @Test
    void givesEveryCommandItsOwnOutcomeInWhateverOrderThingsAreTold() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            PendingCommands many = new PendingCommands(1_000);
            Map<Long, CompletableFuture<Outcome>> mine = new HashMap<>();
            List<Long> offsets = new ArrayList<>();
            for (long offset = 0; offset < 40; offset++) {
                offsets.add(offset);
            }
            List<Long> ours = new ArrayList<>(offsets);
            Collections.shuffle(ours, random);
            ours = ours.subList(0, 20).stream().sorted().toList();
            int sent = 0;
            int told = 0;
            int ended = 0;
            while (told < ours.size() || ended < offsets.size()) {
                int step = random.nextInt(3);
                if (step == 0 && sent < ours.size()) {
                    many.sending(0);
                    sent++;
                } else if (step == 1 && told < sent) {
                    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
                    long offset = ours.get(told++);
                    mine.put(offset, outcome);
                    many.sent(new Source(0, offset), outcome);
                } else if (step == 2 && ended < offsets.size()) {
                    long offset = offsets.get(ended);
                    // A command has no outcome before it was sent.
                    if (!ours.contains(offset) || ours.indexOf(offset) < sent) {
                        many.executed(execution(offset, 1, true));
                        ended++;
                    }
                }
            }
            mine.forEach((offset, outcome) -> assertThat(outcome.getNow(new Outcome(List.of(execution(-2, 1, true))))
                            .sequence())
                    .isEqualTo(offset + 1));
            assertThat(many.size()).as("seed %s", seed).isZero();
        }
    }
}
