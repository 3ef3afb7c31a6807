package io.crossbook.api.stream;

import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.LiveRuns;
import io.crossbook.api.live.TopicRecord;
import io.crossbook.api.live.TopicRecord.Channel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** All clients of the WebSocket, in groups of one thread each; a record is put into words once for all. */
@Component
final class StreamClients implements LiveRun.Followers {
    static final int MOST_CLIENTS = 10_000;
    private static final int GROUPS = 2;

    private final Frames frames;
    private final List<ClientGroup> groups = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();

    StreamClients(JsonMapper json, ObjectProvider<LiveRuns> runs, MeterRegistry registry) {
        this.frames = new Frames(json);
        for (int i = 1; i <= GROUPS; i++) {
            groups.add(new ClientGroup(
                    "stream " + i, frames, () -> runs.getObject().current()));
        }
        Gauge.builder("websocket.connections", connected, AtomicInteger::get)
                .description("clients of the WebSocket")
                .register(registry);
    }

    Frames frames() {
        return frames;
    }

    /** @return whether there is room for one more */
    boolean enter() {
        if (connected.incrementAndGet() > MOST_CLIENTS) {
            connected.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        connected.decrementAndGet();
    }

    ClientGroup groupOf(String id) {
        return groups.get(Math.floorMod(id.hashCode(), GROUPS));
    }

    @Override
    public boolean isFollowed(Channel channel) {
        return groups.stream().anyMatch(group -> group.isFollowed(channel));
    }

    @Override
    public void accept(TopicRecord record) {
        String frame = frames.data(record);
        groups.forEach(group -> group.execute(() -> group.pass(record, frame)));
    }

    @PreDestroy
    void close() {
        groups.forEach(ClientGroup::close);
    }
}
