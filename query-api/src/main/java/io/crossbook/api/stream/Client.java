package io.crossbook.api.stream;

import io.crossbook.api.live.TopicRecord;
import io.crossbook.api.live.TopicRecord.Channel;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one client follows. All calls come from the thread of its group. */
final class Client {
    private final Outbox outbox;
    /** Of each channel the instruments that are followed; none means all. */
    private final Map<Channel, Set<String>> followed = new EnumMap<>(Channel.class);

    private final Set<Channel> all = new HashSet<>();
    /** Books whose snapshot was sent, and up to which command. */
    private final Map<String, Long> books = new java.util.HashMap<>();

    Client(Outbox outbox) {
        this.outbox = outbox;
    }

    Outbox outbox() {
        return outbox;
    }

    /** @param instrument empty for all */
    void follow(Collection<Channel> channels, String instrument) {
        for (Channel channel : channels) {
            if (instrument.isEmpty()) {
                all.add(channel);
            } else {
                followed.computeIfAbsent(channel, none -> new HashSet<>()).add(instrument);
            }
        }
    }

    void unfollow(Collection<Channel> channels, String instrument) {
        for (Channel channel : channels) {
            if (instrument.isEmpty()) {
                all.remove(channel);
                followed.remove(channel);
            } else {
                followed.getOrDefault(channel, new HashSet<>()).remove(instrument);
            }
            if (channel == Channel.ORDERBOOK) {
                books.keySet().removeIf(known -> !follows(Channel.ORDERBOOK, known));
            }
        }
    }

    boolean follows(Channel channel, String instrument) {
        return all.contains(channel) || followed.getOrDefault(channel, Set.of()).contains(instrument);
    }

    boolean followsAny(Channel channel) {
        return all.contains(channel)
                || !followed.getOrDefault(channel, Set.of()).isEmpty();
    }

    /** Instruments whose book is followed by name. */
    Set<String> namedBooks() {
        return followed.getOrDefault(Channel.ORDERBOOK, Set.of());
    }

    boolean followsAllBooks() {
        return all.contains(Channel.ORDERBOOK);
    }

    /** The next frames of all books are snapshots. */
    void forgetBooks() {
        books.clear();
    }

    void sendBook(String instrument, long sequence, String frame) {
        books.put(instrument, sequence);
        outbox.offer(frame);
    }

    /** Whether a change of a book goes on from the snapshot that the client has. */
    boolean awaits(TopicRecord delta) {
        Long begun = books.get(delta.instrument());
        return begun != null && delta.sequence() > begun;
    }

    boolean hasBook(String instrument) {
        return books.containsKey(instrument);
    }
}
