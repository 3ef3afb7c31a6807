package io.crossbook.api.live;

import io.crossbook.api.ServeSettings;
import io.crossbook.api.live.TopicRecord.Channel;
import io.crossbook.api.problem.Problem;
import io.crossbook.api.web.Store;
import io.crossbook.model.Topics;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** One live run as the API has it: commands in, outcomes and views out. */
public final class LiveRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);
    private static final long RETRY_MILLIS = 500;
    private static final int PATIENCE_SECONDS = 10;

    private final ServeSettings.Live settings;
    private final JsonMapper json;
    private final Clock clock;
    private final Topics topics;
    private final BookViews books;
    private final ReadBarrier barrier;
    private final TopicFeed feed;
    private final Admin admin;
    private final LiveMetrics metrics;
    /** The newest command of each instrument that has changed its book. */
    private final Map<String, Long> bookChanges = new ConcurrentHashMap<>();

    private volatile @Nullable CommandSender sender;
    private volatile boolean closed;

    /** Who follows what the run says. */
    public interface Followers extends Consumer<TopicRecord> {
        boolean isFollowed(Channel channel);
    }

    LiveRun(
            ServeSettings.Live settings,
            Store store,
            JsonMapper json,
            Clock clock,
            LiveMetrics metrics,
            Followers followers) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.metrics = metrics;
        this.topics = new Topics(settings.topicPrefix());
        this.books = new BookViews(store, settings.runId());
        this.barrier = new ReadBarrier(store, settings.runId());
        Properties address = new Properties();
        address.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        address.put(AdminClientConfig.CLIENT_ID_CONFIG, "crossbook-api");
        address.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
        address.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 500);
        this.admin = Admin.create(address);
        this.feed = new TopicFeed(topics, settings.bootstrapServers(), json, new Heard(), followers);
    }

    /** What the feed tells us. */
    private final class Heard implements TopicFeed.Listener {
        @Override
        public void executed(ExecutionRecord execution) {
            if (execution.last() && execution.bookEvents() > 0) {
                bookChanges.merge(execution.instrument(), execution.sequence(), Math::max);
            }
            CommandSender known = sender;
            if (known != null) {
                known.pending().executed(execution);
            }
        }

        @Override
        public boolean book(BookRecord record) {
            metrics.measureBook(record.instrument(), LiveRun.this::bidLevels, LiveRun.this::askLevels);
            return books.apply(record);
        }

        @Override
        public void traded(TopicFeed.TradeRecord trade) {
            metrics.traded(trade.instrument(), trade.quantity());
        }

        @Override
        public void refused(Source source, String message) {
            CommandSender known = sender;
            if (known != null) {
                known.pending().unreadable(source, message);
            }
        }
    }

    void start() {
        feed.start();
        Thread connect = new Thread(this::connect, "connect commands");
        connect.setDaemon(true);
        connect.start();
    }

    private void connect() {
        while (!closed && sender == null) {
            try {
                TopicDescription commands = admin.describeTopics(List.of(topics.commands()))
                        .topicNameValues()
                        .get(topics.commands())
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (feed.isConnected()) {
                    sender = new CommandSender(
                            topics.commands(), commands.partitions().size(), settings.bootstrapServers(), json, clock);
                    return;
                }
                Thread.sleep(RETRY_MILLIS / 10);
            } catch (InterruptedException stopped) {
                return;
            } catch (Exception away) {
                LOG.warn("the commands of run {} cannot be reached: {}", settings.runId(), away.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    public String runId() {
        return settings.runId();
    }

    public ServeSettings.Live settings() {
        return settings;
    }

    public Topics topics() {
        return topics;
    }

    public Admin admin() {
        return admin;
    }

    /** Whether commands can be taken. */
    public boolean isConnected() {
        return sender != null && feed.isConnected();
    }

    /** Of each partition of the commands, the offset of the newest one whose outcome was read. */
    public Map<Integer, Long> handled() {
        return feed.handled();
    }

    public int waiting() {
        CommandSender known = sender;
        return known == null ? 0 : known.pending().size();
    }

    private CommandSender connected() {
        CommandSender known = sender;
        if (known == null) {
            throw Problem.unavailable(
                    "BROKER_UNAVAILABLE", "the broker or the topics of run \"" + runId() + "\" are not there yet");
        }
        return known;
    }

    /**
     * Sends a command.
     *
     * @param fields all but its timestamp, by the words of a commands file
     * @return its outcome, and before that the place where it is stored
     * @throws Problem 503 if it was not sent
     */
    public SentCommand send(String instrument, Map<String, String> fields) {
        return connected().send(instrument, fields);
    }

    /** Sends one command for each instrument, all of them or none. */
    public List<SentCommand> sendTogether(Map<String, Map<String, String>> commands) {
        return connected().sendTogether(commands);
    }

    /** Whatever is read from now on has that command in it. */
    public void told(Outcome outcome) {
        barrier.told(outcome.instrument(), outcome.sequence());
    }

    /** Waits until the database has all that was told. */
    public void awaitTold() throws SQLException {
        barrier.await();
    }

    /** The book with everything in it whose outcome was read by now. */
    public CompletableFuture<DisplayedBook> book(String instrument, int levels) {
        return books.at(instrument, bookChanges.getOrDefault(instrument, 0L)).thenApply(view -> view.top(levels));
    }

    private int bidLevels(String instrument) {
        return knownBook(instrument, 0).map(DisplayedBook::bidLevels).orElse(0);
    }

    private int askLevels(String instrument) {
        return knownBook(instrument, 0).map(DisplayedBook::askLevels).orElse(0);
    }

    /** Instruments with a book. */
    public Collection<String> bookInstruments() {
        return books.instruments();
    }

    /** The book if it is known already. */
    public Optional<DisplayedBook> knownBook(String instrument, int levels) {
        CompletableFuture<BookView> at = books.at(instrument, 0);
        return at.isDone() ? Optional.of(at.join().top(levels)) : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        CommandSender known = sender;
        if (known != null) {
            known.close();
        }
        feed.close();
        books.close();
        admin.close(java.time.Duration.ZERO);
    }
}
