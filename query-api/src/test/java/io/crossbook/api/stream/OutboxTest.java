package io.crossbook.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against a session written by hand, whose client reads when the test says so. */
class OutboxTest {
    private static final String LARGE = "x".repeat(100_000);

    private final List<String> sent = new ArrayList<>();
    private final List<CloseReason> closed = new ArrayList<>();
    private SendHandler unread;
    private int caughtUp;
    private final Outbox outbox = new Outbox(session(), Runnable::run, () -> caughtUp++);

    private Session session() {
        RemoteEndpoint.Async remote = (RemoteEndpoint.Async) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendText")) {
                        sent.add((String) arguments[0]);
                        unread = (SendHandler) arguments[1];
                    }
                    return null;
                });
        return (Session) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.add((CloseReason) arguments[0]);
                    }
                    return method.getName().equals("getAsyncRemote") ? remote : null;
                });
    }

    private void read() {
        SendHandler done = unread;
        unread = null;
        done.onResult(new SendResult((Session) null));
    }

    private void readAll() {
        while (unread != null) {
            read();
        }
    }

    @Test
    void sendsOneFrameAfterTheOtherInOrder() {
        outbox.offer("a");
        outbox.offer("b");
        assertThat(sent).containsExactly("a");
        readAll();
        assertThat(sent).containsExactly("a", "b");
        assertThat(caughtUp).isZero();
    }

    @Test
    void dropsDataOfAClientThatIsTooSlowButNoAnswersAndSaysWhenItHasCaughtUp() {
        outbox.offer("first");
        outbox.answer("answer");
        for (int i = 0; i < 20; i++) {
            outbox.offer(LARGE);
        }
        assertThat(sent).containsExactly("first");
        readAll();
        assertThat(sent).containsExactly("first", "answer");
        assertThat(caughtUp).isEqualTo(1);

        outbox.offer("goes on");
        assertThat(sent).endsWith("goes on");
    }

    @Test
    void hangsUpOnAClientThatAsksWithoutReading() {
        for (int i = 0; i < 25; i++) {
            outbox.answer(LARGE);
        }
        assertThat(closed).isNotEmpty().allMatch(reason -> reason.getReasonPhrase()
                .contains("nothing was read"));
    }

    @Test
    void hangsUpWhenNothingCanBeSent() {
        outbox.offer("a");
        unread.onResult(new SendResult(null, new java.io.IOException("timed out")));
        assertThat(closed).hasSize(1);
    }
}
