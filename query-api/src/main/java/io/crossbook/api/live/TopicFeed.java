package io.crossbook.api.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.crossbook.api.live.TopicRecord.Channel;
import io.crossbook.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a live run says, from where its topics end now on, in one thread; repeats are dropped. */
final class TopicFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration WAIT = Duration.ofMillis(250);
    /** Books are told by their changes: more than a job can have said that the database does not have yet. */
    private static final long BOOK_RECORDS_BACK = 50_000;

    private static final long RETRY_MILLIS = 500;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Listener listener;
    private final LiveRun.Followers followers;
    private final ObjectReader executions;
    private final ObjectReader books;
    private final ObjectReader trades;
    private final ObjectReader heads;
    private final Thread thread;
    private final Map<Channel, Map<String, Last>> lasts = new HashMap<>();
    private final Map<Integer, Long> handled = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile boolean connected;

    /** What the program itself must know. */
    interface Listener {
        void executed(ExecutionRecord execution);

        /** @return whether the record changed the book that is kept of it */
        boolean book(BookRecord record);

        void traded(TradeRecord trade);

        void refused(Source source, String message);
    }

    /** The newest record of an instrument in a topic. */
    private record Last(long sequence, int eventNo) {
        boolean covers(long otherSequence, int otherEventNo) {
            return otherSequence < sequence || (otherSequence == sequence && otherEventNo <= eventNo);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Head(
            @Nullable String instrument,
            @Nullable Long sequence,
            int eventNo,
            @Nullable String message,
            @Nullable Integer partition,
            @Nullable Long offset) {}

    /** A trade, as far as it is counted. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TradeRecord(String instrument, long sequence, int eventNo, String quantity) {}

    TopicFeed(Topics topics, String bootstrapServers, JsonMapper json, Listener listener, LiveRun.Followers followers) {
        this.topics = topics;
        this.listener = listener;
        this.followers = followers;
        JsonMapper lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.executions = lenient.readerFor(ExecutionRecord.class);
        this.books = lenient.readerFor(BookRecord.class);
        this.heads = lenient.readerFor(Head.class);
        this.trades = lenient.readerFor(TradeRecord.class);
        for (Channel channel : Channel.values()) {
            lasts.put(channel, new HashMap<>());
        }
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "crossbook-api");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::run, "topics of " + topics.prefix());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it has begun to read. */
    boolean isConnected() {
        return connected;
    }

    /** Of each partition of the commands, the offset of the newest one whose outcome was read. */
    Map<Integer, Long> handled() {
        return handled;
    }

    private void run() {
        try (consumer) {
            while (!closed && !connected) {
                try {
                    connected = assign();
                } catch (WakeupException | InterruptException stopped) {
                    return;
                } catch (KafkaException away) {
                    LOG.warn("the topics of {} cannot be read: {}", topics.prefix(), away.getMessage());
                }
                if (!connected) {
                    Thread.sleep(RETRY_MILLIS);
                }
            }
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    read(record);
                }
            }
        } catch (WakeupException | InterruptException | InterruptedException stopped) {
            // close() asked for it.
        } catch (Exception failed) {
            LOG.error("reading the topics of {} has ended", topics.prefix(), failed);
            connected = false;
        }
    }

    private boolean assign() {
        List<TopicPartition> all = new ArrayList<>();
        List<TopicPartition> ofBooks = new ArrayList<>();
        for (String topic :
                List.of(topics.executions(), topics.trades(), topics.pnl(), topics.rejects(), topics.book())) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                return false;
            }
            for (PartitionInfo each : partitions) {
                TopicPartition partition = new TopicPartition(topic, each.partition());
                all.add(partition);
                if (topic.equals(topics.book())) {
                    ofBooks.add(partition);
                }
            }
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        for (TopicPartition partition : ofBooks) {
            consumer.seek(partition, Math.max(0, consumer.position(partition) - BOOK_RECORDS_BACK));
        }
        // Now, and not with the first poll: what follows must be in.
        all.forEach(consumer::position);
        return true;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.executions())) {
                readExecution(record.value());
            } else if (record.topic().equals(topics.book())) {
                readBook(record.value());
            } else if (record.topic().equals(topics.trades())) {
                readTrade(record.value());
            } else if (record.topic().equals(topics.pnl())) {
                if (followers.isFollowed(Channel.PNL)) {
                    readPosition(record.value());
                }
            } else {
                Head head = heads.readValue(record.value());
                if (head.sequence() == null && head.partition() != null && head.offset() != null) {
                    listener.refused(new Source(head.partition(), head.offset()), String.valueOf(head.message()));
                }
            }
        } catch (JacksonException | IllegalArgumentException notOurs) {
            LOG.warn(
                    "{}-{}@{} is no record of a run: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    notOurs.getMessage());
        }
    }

    private void readExecution(byte[] value) {
        ExecutionRecord execution = executions.readValue(value);
        if (!isNew(Channel.ORDERS, execution.instrument(), execution.sequence(), execution.eventNo())) {
            return;
        }
        listener.executed(execution);
        if (execution.last()) {
            handled.merge(execution.source().partition(), execution.source().offset(), Math::max);
        }
        if (!execution.is("STATUS")) {
            pass(Channel.ORDERS, execution.instrument(), execution.sequence(), execution.eventNo(), false, value);
        }
    }

    private void readBook(byte[] value) {
        BookRecord book = books.readValue(value);
        if (listener.book(book)) {
            pass(Channel.ORDERBOOK, book.instrument(), book.sequence(), book.eventNo(), book.snapshot(), value);
        }
    }

    private void readTrade(byte[] value) {
        TradeRecord trade = trades.readValue(value);
        if (isNew(Channel.TRADES, trade.instrument(), trade.sequence(), trade.eventNo())) {
            listener.traded(trade);
            pass(Channel.TRADES, trade.instrument(), trade.sequence(), trade.eventNo(), false, value);
        }
    }

    private void readPosition(byte[] value) {
        Head head = heads.readValue(value);
        if (head.instrument() != null
                && head.sequence() != null
                && isNew(Channel.PNL, head.instrument(), head.sequence(), head.eventNo())) {
            pass(Channel.PNL, head.instrument(), head.sequence(), head.eventNo(), false, value);
        }
    }

    private void pass(Channel channel, String instrument, long sequence, int eventNo, boolean snapshot, byte[] value) {
        if (followers.isFollowed(channel)) {
            followers.accept(new TopicRecord(channel, instrument, sequence, eventNo, snapshot, value));
        }
    }

    private boolean isNew(Channel channel, String instrument, long sequence, int eventNo) {
        Map<String, Last> ofChannel = lasts.get(channel);
        Last last = ofChannel.get(instrument);
        if (last != null && last.covers(sequence, eventNo)) {
            return false;
        }
        ofChannel.put(instrument, new Last(sequence, eventNo));
        return true;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
