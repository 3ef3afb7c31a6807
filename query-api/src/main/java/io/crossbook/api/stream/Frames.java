package io.crossbook.api.stream;

import io.crossbook.api.live.TopicRecord;
import io.crossbook.api.live.TopicRecord.Channel;
import io.crossbook.api.market.OrderbookView;
import io.crossbook.api.problem.ProblemView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The frames that are sent, as text. */
final class Frames {
    private static final Map<Channel, String> EVENTS = Map.of(
            Channel.TRADES, "new_trade",
            Channel.ORDERS, "order_update",
            Channel.ORDERBOOK, "orderbook_delta",
            Channel.PNL, "pnl_update");

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    /** A record of the run; its own JSON is taken as it is. */
    String data(TopicRecord record) {
        ObjectNode head = head(
                record.channel(),
                record.instrument(),
                record.sequence(),
                record.eventNo(),
                record.snapshot() ? "orderbook_snapshot" : EVENTS.get(record.channel()));
        String text = json.writeValueAsString(head);
        return text.substring(0, text.length() - 1) + ",\"data\":" + record.text() + '}';
    }

    String book(OrderbookView book) {
        ObjectNode frame = head(Channel.ORDERBOOK, book.instrument(), book.sequence(), 0, "orderbook_snapshot");
        frame.set("data", json.valueToTree(book));
        return json.writeValueAsString(frame);
    }

    private ObjectNode head(Channel channel, String instrument, long sequence, int eventNo, String event) {
        return json.createObjectNode()
                .put("channel", word(channel))
                .put("instrument", instrument)
                .put("sequence", sequence)
                .put("event_no", eventNo)
                .put("event", event);
    }

    String plain(String type, @Nullable JsonNode requestId) {
        return json.writeValueAsString(typed(type, requestId));
    }

    String connected(@Nullable String run, String version) {
        return json.writeValueAsString(
                json.createObjectNode().put("type", "connected").put("run", run).put("version", version));
    }

    String subscription(String type, @Nullable JsonNode requestId, List<Channel> channels, String instrument) {
        ObjectNode frame = typed(type, requestId);
        ArrayNode words = frame.putArray("channels");
        channels.forEach(channel -> words.add(word(channel)));
        if (!instrument.isEmpty()) {
            frame.put("instrument", instrument);
        }
        return json.writeValueAsString(frame);
    }

    String accepted(@Nullable JsonNode requestId, int status, @Nullable Object body) {
        ObjectNode frame = typed("order_accepted", requestId).put("status", status);
        frame.set("data", json.valueToTree(body));
        return json.writeValueAsString(frame);
    }

    String error(@Nullable JsonNode requestId, ProblemView problem) {
        ObjectNode frame = typed("error", requestId);
        frame.setAll((ObjectNode) json.valueToTree(problem));
        frame.put("type", "error");
        return json.writeValueAsString(frame);
    }

    private ObjectNode typed(String type, @Nullable JsonNode requestId) {
        ObjectNode frame = json.createObjectNode().put("type", type);
        if (requestId != null) {
            frame.set("request_id", requestId);
        }
        return frame;
    }
}
