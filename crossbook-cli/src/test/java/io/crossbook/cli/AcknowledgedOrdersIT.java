package io.crossbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.cli.RunningStack.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the API has acknowledged is there, whatever was killed since: -Dcrossbook.kills=N, -Dcrossbook.seed=N. */
@Tag("long")
class AcknowledgedOrdersIT {
    private static final int CALLERS = 4;
    private static final List<String> PROGRAMS = List.of("LiveMain", "BrokerMain", "ServeMain", "database");

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noneIsMissingAndNoneIsThereTwice() throws Exception {
        long seed = Long.getLong("crossbook.seed", 3);
        int kills = Integer.getInteger("crossbook.kills", 4);
        RunningStack stack = RunningStack.start("acknowledged", "--checkpoint-interval", "1s");
        try {
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                String name = "c" + caller;
                Thread thread = new Thread(() -> enterOrders(stack, name));
                callers.add(thread);
                thread.start();
            }
            Random random = new Random(seed);
            List<String> order = new ArrayList<>();
            while (order.size() < kills) {
                List<String> round = new ArrayList<>(PROGRAMS);
                Collections.shuffle(round, random);
                order.addAll(round);
            }
            for (String program : order.subList(0, kills)) {
                int enough = acknowledged.size() + 50 + random.nextInt(50);
                while (acknowledged.size() < enough) {
                    assertThat(callers).allMatch(Thread::isAlive);
                    pause();
                }
                if (program.equals("database")) {
                    stack.killDatabase();
                } else {
                    stack.kill(program);
                }
            }
            over.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            System.out.println(acknowledged.size() + " orders acknowledged, " + unknown + " unknown, seed " + seed
                    + ", killed " + order.subList(0, kills));
            assertThat(acknowledged).hasSizeGreaterThan(100);
            for (Map.Entry<String, String> each : acknowledged.entrySet()) {
                Answer found = stack.get("/orders?order_id=" + each.getKey());
                assertThat(found.body().get("orders")).as(each.getKey()).hasSize(1);
                assertThat(found.text("orders.0.sequence")).as(each.getKey()).isEqualTo(each.getValue());
            }
        } finally {
            over.set(true);
            stack.stop();
        }
    }

    /** One after the other; the next one only when this one is answered, or nobody answers. */
    private void enterOrders(RunningStack stack, String caller) {
        for (int i = 0; !over.get(); i++) {
            String id = caller + "-" + i;
            try {
                Answer answer = stack.post(
                        "/orders",
                        "{'instrument':'KILLS','order_id':'%s','client_id':'%s','side':'%s','type':'LIMIT','price':'%d','quantity':'1'}"
                                .formatted(id, caller, i % 2 == 0 ? "BUY" : "SELL", 100 + i % 3));
                if (answer.status() == 201) {
                    acknowledged.put(id, answer.text("order.sequence"));
                } else {
                    unknown.incrementAndGet();
                }
            } catch (Exception nobodyAnswers) {
                unknown.incrementAndGet();
                pause();
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
}
