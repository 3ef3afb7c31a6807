package io.crossbook.api.stream;

import io.crossbook.api.ServeSettings;
import io.crossbook.api.form.Form;
import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.live.TopicRecord.Channel;
import io.crossbook.api.orders.OrderEntry;
import io.crossbook.api.orders.OrderForm;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.problem.ProblemView;
import io.crossbook.api.web.RateLimit;
import jakarta.websocket.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients of the WebSocket ask for. */
@Component
final class StreamHandler extends TextWebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);
    private static final int MOST_UNANSWERED = 1_000;
    private static final String UNANSWERED = "unanswered";
    private static final String ENTERED = "entered";

    private final ServeSettings settings;
    private final StreamClients clients;
    private final LiveRuns runs;
    private final OrderEntry entry;
    private final RateLimit rateLimit;
    private final JsonMapper json;
    private final Frames frames;

    StreamHandler(
            ServeSettings settings,
            StreamClients clients,
            LiveRuns runs,
            OrderEntry entry,
            RateLimit rateLimit,
            JsonMapper json) {
        this.settings = settings;
        this.clients = clients;
        this.runs = runs;
        this.entry = entry;
        this.rateLimit = rateLimit;
        this.json = json;
        this.frames = clients.frames();
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        if (!clients.enter()) {
            session.close(
                    CloseStatus.SERVICE_OVERLOAD.withReason("there are " + StreamClients.MOST_CLIENTS + " clients"));
            return;
        }
        session.getAttributes().put(ENTERED, true);
        session.getAttributes().put(UNANSWERED, new AtomicInteger());
        Session itself = ((NativeWebSocketSession) session).getNativeSession(Session.class);
        ClientGroup group = clients.groupOf(session.getId());
        Client[] made = new Client[1];
        made[0] = new Client(new Outbox(itself, group::execute, () -> group.resync(made[0])));
        String run = runs.current().map(LiveRun::runId).orElse(null);
        group.execute(() -> {
            group.add(session.getId(), made[0]);
            made[0].outbox().answer(frames.connected(run, settings.version()));
        });
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().remove(ENTERED) != null) {
            clients.leave();
        }
        ClientGroup group = clients.groupOf(session.getId());
        group.execute(() -> group.remove(session.getId()));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failed) {
        LOG.debug("client {} is gone: {}", session.getId(), failed.getMessage());
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        answer(
                session,
                frames.error(
                        null,
                        Problem.invalid("message", "a message must be text").view()));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        JsonNode requestId = null;
        try {
            JsonNode asked = json.readTree(message.getPayload());
            requestId = asked.isObject() ? asked.get("request_id") : null;
            if (requestId != null && requestId.toString().length() > 2 * Form.LONGEST_TEXT) {
                requestId = null;
                throw Problem.invalid("request_id", "request_id is too long");
            }
            rateLimit.take(
                    session.getRemoteAddress() == null
                            ? ""
                            : session.getRemoteAddress().getAddress().getHostAddress());
            handle(session, Form.of(asked), requestId);
        } catch (JacksonException unreadable) {
            answer(
                    session,
                    frames.error(
                            requestId,
                            Problem.invalid("message", "a message must be one JSON object")
                                    .view()));
        } catch (Problem problem) {
            answer(session, frames.error(requestId, problem.view()));
        } catch (SQLException | RuntimeException failed) {
            LOG.error("a message failed", failed);
            answer(session, frames.error(requestId, internal()));
        }
    }

    private static ProblemView internal() {
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", "something went wrong here; it is in the log")
                .view();
    }

    private void handle(WebSocketSession session, Form asked, @Nullable JsonNode requestId) throws SQLException {
        String type = asked.required("type");
        if (type == null) {
            asked.check();
            return;
        }
        asked.has("request_id");
        switch (type) {
            case "subscribe", "unsubscribe" -> subscribe(session, asked, type.equals("subscribe"), requestId);
            case "order" -> {
                requireRoom(session);
                Form order = asked.object("order");
                asked.refuseOthers();
                if (order == null) {
                    asked.check();
                } else {
                    track(session, requestId, entry.enter(OrderForm.read(order, null), null));
                }
            }
            case "cancel" -> cancel(session, asked, requestId);
            case "ping" -> answer(session, frames.plain("pong", requestId));
            default ->
                throw Problem.invalid(
                        "type", "type must be subscribe, unsubscribe, order, cancel or ping, was \"" + type + '"');
        }
    }

    private void subscribe(WebSocketSession session, Form asked, boolean begins, @Nullable JsonNode requestId) {
        List<Channel> channels = new ArrayList<>();
        for (String word : asked.texts("channels")) {
            Channel channel = channelOf(word);
            if (channel == null) {
                asked.fault("channels", "must be of trades, orders, orderbook, pnl, has \"" + word + '"');
                break;
            }
            channels.add(channel);
        }
        if (channels.isEmpty()) {
            asked.fault("channels", "must name at least one of trades, orders, orderbook, pnl");
        }
        String instrument = asked.text("instrument");
        asked.refuseOthers();
        asked.check();
        runs.require();
        String named = instrument == null ? "" : instrument;
        ClientGroup group = clients.groupOf(session.getId());
        String told = frames.subscription(begins ? "subscribed" : "unsubscribed", requestId, channels, named);
        group.execute(() -> group.with(session.getId(), client -> {
            client.outbox().answer(told);
            if (begins) {
                group.follow(client, channels, named);
            } else {
                group.unfollow(client, channels, named);
            }
        }));
    }

    private static @Nullable Channel channelOf(String word) {
        for (Channel channel : Channel.values()) {
            if (Frames.word(channel).equals(word.toLowerCase(Locale.ROOT))) {
                return channel;
            }
        }
        return null;
    }

    private void cancel(WebSocketSession session, Form asked, @Nullable JsonNode requestId) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", "CANCEL");
        fields.put("order_id", asked.required("order_id"));
        String instrument = asked.text("instrument");
        String clientId = asked.text("client_id");
        asked.refuseOthers();
        asked.check();
        requireRoom(session);
        if (clientId != null) {
            fields.put("client_id", clientId);
        }
        track(session, requestId, entry.change(fields, instrument, null));
    }

    /** Sends the answer of an order when it is there. */
    private void track(
            WebSocketSession session, @Nullable JsonNode requestId, CompletableFuture<ResponseEntity<Object>> answer) {
        AtomicInteger unanswered = unanswered(session);
        unanswered.incrementAndGet();
        answer.whenComplete((known, failed) -> {
            unanswered.decrementAndGet();
            answer(session, failed == null ? frame(requestId, known) : frames.error(requestId, view(failed)));
        });
    }

    private static AtomicInteger unanswered(WebSocketSession session) {
        return (AtomicInteger) session.getAttributes().get(UNANSWERED);
    }

    private static void requireRoom(WebSocketSession session) {
        if (unanswered(session).get() >= MOST_UNANSWERED) {
            throw Problem.tooMany(MOST_UNANSWERED + " orders of this connection are not answered yet", 1);
        }
    }

    private String frame(@Nullable JsonNode requestId, ResponseEntity<Object> known) {
        return known.getBody() instanceof ProblemView problem
                ? frames.error(requestId, problem)
                : frames.accepted(requestId, known.getStatusCode().value(), known.getBody());
    }

    private static ProblemView view(Throwable failed) {
        Throwable cause = Problem.causeOf(failed);
        if (cause instanceof Problem problem) {
            return problem.view();
        }
        LOG.error("an order failed", cause);
        return internal();
    }

    private void answer(WebSocketSession session, String frame) {
        ClientGroup group = clients.groupOf(session.getId());
        group.execute(
                () -> group.with(session.getId(), client -> client.outbox().answer(frame)));
    }
}
