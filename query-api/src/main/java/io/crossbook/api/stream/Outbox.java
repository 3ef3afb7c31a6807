package io.crossbook.api.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way to one client. Nothing waits for a slow one: what it does not take in time is dropped, and it is told
 * so. All calls come from one thread.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /** Characters that may wait. */
    private static final int MOST_WAITING = 1 << 20;

    private static final long SEND_MILLIS = 30_000;
    private static final CloseReason TOO_SLOW =
            new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "nothing was read for too long");

    private final Session session;
    private final Executor owner;
    private final Runnable caughtUp;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private int characters;
    private boolean sending;
    private boolean behind;

    private record Frame(String text, boolean isAnswer) {}

    /**
     * @param owner the thread that all calls come from
     * @param caughtUp called when a client that was behind can be sent to again
     */
    Outbox(Session session, Executor owner, Runnable caughtUp) {
        this.session = session;
        this.owner = owner;
        this.caughtUp = caughtUp;
        session.getAsyncRemote().setSendTimeout(SEND_MILLIS);
    }

    /** Data, which is dropped while the client is behind. */
    void offer(String frame) {
        if (behind) {
            return;
        }
        if (characters + frame.length() > MOST_WAITING) {
            behind = true;
            waiting.removeIf(each -> !each.isAnswer());
            characters = waiting.stream().mapToInt(each -> each.text().length()).sum();
            return;
        }
        put(new Frame(frame, false));
    }

    /** An answer, which is not dropped; a client that asks without reading is hung up on. */
    void answer(String frame) {
        if (characters + frame.length() > 2 * MOST_WAITING) {
            close(TOO_SLOW);
            return;
        }
        put(new Frame(frame, true));
    }

    private void put(Frame frame) {
        waiting.addLast(frame);
        characters += frame.text().length();
        if (!sending) {
            sendNext();
        }
    }

    private void sendNext() {
        Frame frame = waiting.pollFirst();
        if (frame == null) {
            if (behind) {
                behind = false;
                caughtUp.run();
            }
            return;
        }
        characters -= frame.text().length();
        sending = true;
        try {
            session.getAsyncRemote().sendText(frame.text(), result -> owner.execute(() -> sent(result)));
        } catch (RuntimeException gone) {
            waiting.clear();
            LOG.debug("client {} is gone", session.getId());
        }
    }

    private void sent(SendResult result) {
        sending = false;
        if (result.isOK()) {
            sendNext();
        } else {
            waiting.clear();
            close(TOO_SLOW);
        }
    }

    void close(CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException gone) {
            LOG.debug("client {} is gone", session.getId());
        }
    }
}
