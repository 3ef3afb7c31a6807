package io.crossbook.api.stream;

import io.crossbook.api.live.DisplayedBook;
import io.crossbook.api.live.LiveRun;
import io.crossbook.api.live.TopicRecord;
import io.crossbook.api.live.TopicRecord.Channel;
import io.crossbook.api.market.OrderbookView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some of the clients, all served by one thread, so that none of their state is shared. */
final class ClientGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientGroup.class);
    private static final long HEARTBEAT_SECONDS = 15;

    private final Frames frames;
    private final Supplier<Optional<LiveRun>> live;
    private final Map<String, Client> clients = new HashMap<>();
    private final ScheduledThreadPoolExecutor thread;
    private volatile Set<Channel> followed = EnumSet.noneOf(Channel.class);

    ClientGroup(String name, Frames frames, Supplier<Optional<LiveRun>> live) {
        this.frames = frames;
        this.live = live;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.scheduleAtFixedRate(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Does something in the thread of the group. */
    void execute(Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException failed) {
                    LOG.error("a client could not be served", failed);
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.debug("being stopped");
        }
    }

    private void beat() {
        String frame = frames.plain("heartbeat", null);
        clients.values().forEach(client -> client.outbox().offer(frame));
    }

    boolean isFollowed(Channel channel) {
        return followed.contains(channel);
    }

    void add(String id, Client client) {
        clients.put(id, client);
    }

    void remove(String id) {
        clients.remove(id);
        noteFollowed();
    }

    void with(String id, Consumer<Client> work) {
        Client client = clients.get(id);
        if (client != null) {
            work.accept(client);
        }
    }

    private void noteFollowed() {
        Set<Channel> now = EnumSet.noneOf(Channel.class);
        for (Channel channel : Channel.values()) {
            if (clients.values().stream().anyMatch(client -> client.followsAny(channel))) {
                now.add(channel);
            }
        }
        followed = now;
    }

    /** @param instrument empty for all */
    void follow(Client client, Collection<Channel> channels, String instrument) {
        client.follow(channels, instrument);
        noteFollowed();
        if (channels.contains(Channel.ORDERBOOK)) {
            sendBooks(client);
        }
    }

    void unfollow(Client client, Collection<Channel> channels, String instrument) {
        client.unfollow(channels, instrument);
        noteFollowed();
    }

    /** Sends the books that the client follows and does not have. */
    void sendBooks(Client client) {
        live.get().ifPresent(run -> {
            List<String> wanted = new ArrayList<>(client.namedBooks());
            if (client.followsAllBooks()) {
                wanted.addAll(run.bookInstruments());
            }
            wanted.stream().filter(each -> !client.hasBook(each)).forEach(each -> sendBook(client, run, each));
        });
    }

    /**
     * The book is taken in this thread: changes of it that are not in it come behind, since each is part of the book before
     * it gets here.
     */
    private void sendBook(Client client, LiveRun run, String instrument) {
        Optional<DisplayedBook> known = run.knownBook(instrument, Integer.MAX_VALUE);
        if (known.isPresent()) {
            client.sendBook(instrument, known.get().sequence(), frames.book(OrderbookView.from(known.get())));
        } else {
            run.book(instrument, 0)
                    .thenRun(() -> execute(() -> {
                        if (client.follows(Channel.ORDERBOOK, instrument) && !client.hasBook(instrument)) {
                            sendBook(client, run, instrument);
                        }
                    }));
        }
    }

    /** Passes a record of the run on to those who follow it. */
    void pass(TopicRecord record, String frame) {
        for (Client client : clients.values()) {
            if (!client.follows(record.channel(), record.instrument())) {
                continue;
            }
            if (record.channel() != Channel.ORDERBOOK) {
                client.outbox().offer(frame);
            } else if (!client.hasBook(record.instrument())) {
                live.get().ifPresent(run -> sendBook(client, run, record.instrument()));
            } else if (!record.snapshot() && client.awaits(record)) {
                client.outbox().offer(frame);
            }
        }
    }

    /** Tells a client that it missed something, and begins its books anew. */
    void resync(Client client) {
        client.outbox().offer(frames.plain("resync", null));
        client.forgetBooks();
        sendBooks(client);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
