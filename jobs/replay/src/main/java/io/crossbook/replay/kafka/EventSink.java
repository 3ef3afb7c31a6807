package io.crossbook.replay.kafka;

import io.crossbook.model.Instruments;
import io.crossbook.model.RunEvent;
import io.crossbook.model.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends what a run says to its topics, at once or with each checkpoint. */
public final class EventSink {
    private EventSink() {}

    /**
     * Attaches the topics to a run's events.
     *
     * @param awaited whether somebody waits for each record; otherwise they gather for a while, which is less work
     * @param transactionTimeoutMillis how long a transaction may stay open for exactly-once delivery, 0 for at least once
     */
    public static void attach(
            DataStream<RunEvent> events,
            String runId,
            Topics topics,
            Instruments instruments,
            List<String> sources,
            String bootstrapServers,
            boolean awaited,
            int transactionTimeoutMillis) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        // Records of one command go together; nobody notices a millisecond. Where nobody waits, requests are few and
        // large.
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, awaited ? "1" : "50");
        // What comes while a request is on its way goes with the next: the busier, the fewer requests.
        producer.setProperty(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, awaited ? "65536" : "262144");
        // Longer than a broker may be away; until then what it has not taken holds the run up.
        producer.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "300000");
        producer.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "300000");
        KafkaSinkBuilder<Tuple3<String, byte[], byte[]>> sink = KafkaSink.<Tuple3<String, byte[], byte[]>>builder()
                .setBootstrapServers(bootstrapServers)
                .setRecordSerializer(new Records(topics));
        if (transactionTimeoutMillis > 0) {
            producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Integer.toString(transactionTimeoutMillis));
            sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(topics.prefix() + "-" + runId)
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
        } else {
            sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        events.flatMap(new ToRecords(runId, topics, instruments, sources))
                .returns(Types.TUPLE(
                        Types.STRING,
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
                .name("Records")
                .uid("records")
                .sinkTo(sink.setKafkaProducerConfig(producer).build())
                .name("Topics")
                .uid("topics");
    }

    private static final class ToRecords extends RichFlatMapFunction<RunEvent, Tuple3<String, byte[], byte[]>> {
        private static final long serialVersionUID = 1;

        private final String runId;
        private final Topics topics;
        private final Instruments instruments;
        private final List<String> sources;
        private transient EventRecords records;

        private ToRecords(String runId, Topics topics, Instruments instruments, List<String> sources) {
            this.runId = runId;
            this.topics = topics;
            this.instruments = instruments;
            this.sources = List.copyOf(sources);
        }

        @Override
        public void open(OpenContext context) {
            records = new EventRecords(runId, topics, instruments, sources);
        }

        @Override
        public void flatMap(RunEvent event, Collector<Tuple3<String, byte[], byte[]>> out) {
            records.write(event, (topic, key, value) -> out.collect(Tuple3.of(topic, key, value)));
        }
    }

    /** Also names the topics: the sink looks through them for transactions of an earlier attempt. */
    private static final class Records
            implements KafkaRecordSerializationSchema<Tuple3<String, byte[], byte[]>>, KafkaDatasetFacetProvider {
        private static final long serialVersionUID = 1;

        private final Topics topics;

        private Records(Topics topics) {
            this.topics = topics;
        }

        @Override
        public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
            List<String> written =
                    List.of(topics.executions(), topics.trades(), topics.book(), topics.pnl(), topics.rejects());
            return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(written)));
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Tuple3<String, byte[], byte[]> record, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(record.f0, record.f1.length == 0 ? null : record.f1, record.f2);
        }
    }
}
