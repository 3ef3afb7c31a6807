package io.crossbook.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossbook.model.MarketInput;
import io.crossbook.model.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that travels between the steps of a replay comes back as it went, whatever it holds. */
class MarketTypesTest {
    private static final long SEED = Long.getLong("crossbook.seed", 20240304);
    private static final int RECORDS_OF_A_KIND = 200;

    static Stream<Arguments> kinds() {
        return Stream.concat(kinds(MarketInput.class, MarketTypes.INPUT), kinds(RunEvent.class, MarketTypes.EVENT));
    }

    private static <T> Stream<Arguments> kinds(Class<T> family, TypeInformation<T> type) {
        return RandomRecords.kindsOf(family).stream()
                .map(kind -> Arguments.argumentSet(kind.getSimpleName(), kind, serializer(type)));
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.argumentSet("commands", MarketInput.class, serializer(MarketTypes.INPUT)),
                Arguments.argumentSet("events", RunEvent.class, serializer(MarketTypes.EVENT)));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void aRecordOfEveryKindComesBackAsItWent(Class<? extends T> kind, TypeSerializer<T> serializer)
            throws Exception {
        List<T> sent = randomRecords(List.of(kind));
        List<T> expected = sent.stream().map(serializer::copy).toList();
        assertThat(thereAndBack(sent, serializer)).as("seed %d", SEED).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void recordsOfAllKindsOneBehindTheOtherAreCopiedAsBytes(Class<T> family, TypeSerializer<T> serializer)
            throws Exception {
        List<T> sent = randomRecords(RandomRecords.kindsOf(family));
        DataOutputSerializer first = write(sent, serializer);
        DataOutputSerializer second = new DataOutputSerializer(1024);
        DataInputDeserializer in = new DataInputDeserializer(first.wrapAsByteBuffer());
        for (int i = 0; i < sent.size(); i++) {
            serializer.copy(in, second);
        }
        assertThat(second.getCopyOfBuffer()).as("seed %d", SEED).isEqualTo(first.getCopyOfBuffer());
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void whatIsStoredWithAStateNamesTheSameSerializerAgain(Class<T> family, TypeSerializer<T> serializer) {
        TypeSerializerSnapshot<T> snapshot = serializer.snapshotConfiguration();

        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot)
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(serializer.getClass().getPackageName()).isEqualTo("io.crossbook.flink");
        assertThat(family.isInstance(serializer.createInstance())).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> randomRecords(List<Class<?>> kinds) throws ReflectiveOperationException {
        RandomRecords records = new RandomRecords(SEED);
        List<T> made = new ArrayList<>();
        for (Class<?> kind : kinds) {
            for (int i = 0; i < RECORDS_OF_A_KIND; i++) {
                made.add((T) records.next(kind));
            }
        }
        return made;
    }

    private static <T> DataOutputSerializer write(List<T> records, TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        for (T record : records) {
            serializer.serialize(record, out);
        }
        return out;
    }

    /** All of them through one buffer, so that one that reads too much or too little spoils the next. */
    private static <T> List<T> thereAndBack(List<T> sent, TypeSerializer<T> serializer) throws IOException {
        DataInputDeserializer in =
                new DataInputDeserializer(write(sent, serializer).wrapAsByteBuffer());
        List<T> received = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            received.add(serializer.copy(serializer.deserialize(in)));
        }
        assertThat(in.available()).as("bytes left over").isZero();
        return received;
    }
}
